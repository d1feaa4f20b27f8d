using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Faults as they are found, up to a limit.</summary>
/// <param name="limit">Where to stop.</param>
/// <param name="tellsValues">Whether a fault may quote the value; not where that may be a secret.</param>
internal sealed class FaultList(int limit, bool tellsValues)
{
    private readonly List<SchemaFault> _faults = [];

    public bool TellsValues => tellsValues;

    public IReadOnlyList<SchemaFault> All => _faults;

    public bool IsFull => _faults.Count >= limit;

    /// <summary>A value for a sentence: <c>string "abc"</c>, or only what it is.</summary>
    public string Words(JsonElement value) => tellsValues ? SchemaTypes.WordsOf(value) : SchemaTypes.KindOf(value);

    public void Add(string path, string problem)
    {
        if (!IsFull)
        {
            _faults.Add(new SchemaFault(path, problem));
        }
    }
}
