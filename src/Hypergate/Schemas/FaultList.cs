namespace Hypergate.Schemas;

/// <summary>Faults as they are found, up to a limit.</summary>
internal sealed class FaultList(int limit)
{
    private readonly List<SchemaFault> _faults = [];

    public IReadOnlyList<SchemaFault> All => _faults;

    public bool IsFull => _faults.Count >= limit;

    public void Add(string path, string problem)
    {
        if (!IsFull)
        {
            _faults.Add(new SchemaFault(path, problem));
        }
    }
}
