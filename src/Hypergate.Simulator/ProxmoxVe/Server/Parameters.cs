using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>
/// The parameters of a request. Those of a query or a form are texts, those of a JSON body keep their type: what comes back later,
/// such as a token's <c>privsep</c>, comes back as it was sent.
/// </summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, JsonNode?> _values = [];

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The value as it was sent; null also where it is undefined.</summary>
    public JsonNode? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value;
    }

    public bool Has(string name) => this[name] is not null;

    public void Remove(string name) => _values.Remove(name);

    /// <summary>The value as text: booleans are 1 and 0.</summary>
    public string? Text(string name) => this[name] is { } node ? TextOf(node) : null;

    /// <summary>The text of a parameter that the check has seen.</summary>
    public string Required(string name) => Text(name) ?? throw new InvalidOperationException($"'{name}' is missing.");

    public long? Integer(string name) =>
        Text(name) is { } text && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>True for 1; false for 0 and nothing.</summary>
    public bool Flag(string name) => Text(name) is { } text && text is not ("0" or "");

    public bool Flag(string name, bool otherwise) => Has(name) ? Flag(name) : otherwise;

    /// <summary>A list: an array, or a text split at commas, semicolons, spaces and zero bytes.</summary>
    public IReadOnlyList<string> List(string name) => this[name] switch
    {
        null => [],
        JsonArray array => [.. array.Where(static item => item is not null).Select(static item => TextOf(item!))],
        var node => Split(TextOf(node)),
    };

    public static string[] Split(string text) => text.Split([',', ';', ' ', '\0', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public static string TextOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => node.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
