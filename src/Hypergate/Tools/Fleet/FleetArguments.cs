using System.Globalization;
using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet;

/// <summary>The arguments of one use of a fleet tool: checked, without those that are null, in the case of the schema.</summary>
internal sealed class FleetArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _now;

    private FleetArguments(DateTimeOffset now) => _now = now;

    /// <param name="tool">Its name, for texts.</param>
    /// <param name="parameters">What it takes.</param>
    /// <param name="schema">The same as a schema.</param>
    /// <param name="arguments">What was given.</param>
    /// <param name="now">What relative times count from.</param>
    /// <exception cref="FleetException">Something is missing, unknown or wrong.</exception>
    public static FleetArguments Read(
        string tool, IReadOnlyList<FleetParameter> parameters, JsonElement schema, JsonElement arguments, DateTimeOffset now)
    {
        var read = new FleetArguments(now);
        var known = parameters.ToDictionary(static parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var argument in arguments.ValueKind == JsonValueKind.Object ? arguments.EnumerateObject() : default)
        {
            if (argument.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var name = Alias(argument.Name, known);
            if (!known.TryGetValue(name, out var parameter))
            {
                throw Unknown(tool, argument.Name, known.Keys);
            }

            if (!read._values.TryAdd(name, Normal(parameter, argument.Value)))
            {
                throw new FleetException("invalid_arguments", $"'{name}' is given twice: once as '{argument.Name}'.");
            }
        }

        read.Check(tool, schema);
        return read;
    }

    /// <summary>The same without one of them.</summary>
    public FleetArguments Without(string name)
    {
        var others = new FleetArguments(_now);
        foreach (var (other, value) in _values)
        {
            if (other != name)
            {
                others._values[other] = value;
            }
        }

        return others;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A required text.</summary>
    public string Needed(string name) => Text(name) ?? throw new FleetException("invalid_arguments", $"'{name}' is missing.");

    public long? Int(string name) => _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public double? Number(string name) => _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public bool? Flag(string name) => _values.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.True : null;

    public IReadOnlyList<string> Texts(string name) =>
        _values.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(static item => item.ToString())] : [];

    public bool IsFull => Text("detail_level") == "Full";

    public DateTimeOffset? Time(string name) => Text(name) is { } text
        ? TimeText.Moment(text, _now) ?? throw new FleetException("invalid_arguments", $"'{name}' is no time: '{text}'.", "Write 2026-11-01T00:00:00Z, or now-24h.")
        : null;

    public TimeSpan? Span(string name) => Text(name) is { } text
        ? TimeText.Span(text) ?? throw new FleetException("invalid_arguments", $"'{name}' is no span of time: '{text}'.", "Write 30d, 12h or 15m.")
        : null;

    /// <summary>A moment that is so long ago, or the moment itself where one is given.</summary>
    public DateTimeOffset? Before(string name) =>
        Text(name) is not { } text ? null : TimeText.Span(text) is { } span ? _now - span : Time(name);

    /// <summary>Everything that decides which rows there are, for binding a cursor to it.</summary>
    public string Query => string.Join('\n', _values
        .Where(static entry => entry.Key is not ("cursor" or "limit" or "fields" or "format" or "detail_level"))
        .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
        .Select(static entry => $"{entry.Key}={entry.Value.GetRawText()}"));

    // People and models call a cluster a cluster, and a guest by its name.
    private static string Alias(string name, Dictionary<string, FleetParameter> known) => name switch
    {
        "cluster_name" or "cluster" when !known.ContainsKey(name) => "backend",
        "name" or "vm" or "id" or "guest" when !known.ContainsKey(name) && known.ContainsKey("vmid") => "vmid",
        _ => name,
    };

    private static FleetException Unknown(string tool, string name, IReadOnlyCollection<string> known)
    {
        var nearest = NearestName.Find(name, known);
        return new FleetException(
            "invalid_arguments",
            $"{tool} takes no argument '{name}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            $"It takes {string.Join(", ", known)}.");
    }

    private static JsonElement Normal(FleetParameter parameter, JsonElement value) => parameter.Type switch
    {
        ArgumentType.Choice when value.ValueKind == JsonValueKind.String => Choice(parameter, value),
        ArgumentType.Choices when value.ValueKind == JsonValueKind.Array => Array(value.EnumerateArray().Select(item => Choice(parameter, item))),
        ArgumentType.Choices when value.ValueKind == JsonValueKind.String => Array(Split(value).Select(item => Choice(parameter, item))),
        ArgumentType.Texts when value.ValueKind == JsonValueKind.String => Array(Split(value)),
        ArgumentType.Guests when value.ValueKind is JsonValueKind.String or JsonValueKind.Number => Array([value]),
        ArgumentType.Text or ArgumentType.Time or ArgumentType.Span when value.ValueKind == JsonValueKind.Number => Quoted(value.GetRawText()),
        ArgumentType.Integer when value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) => JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture)),
        _ => value,
    };

    private static IEnumerable<JsonElement> Split(JsonElement text) =>
        text.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Quoted);

    private static JsonElement Choice(FleetParameter parameter, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && parameter.Values.FirstOrDefault(word => word.Equals(value.GetString(), StringComparison.OrdinalIgnoreCase)) is { } known
            ? Quoted(known)
            : value;

    private static JsonElement Quoted(string text) => JsonSerializer.SerializeToElement(text, ToolJson.Default.String);

    private static JsonElement Array(IEnumerable<JsonElement> items) => ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("items");
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }).GetProperty("items");

    private void Check(string tool, JsonElement schema)
    {
        var value = ToolSchema.Write(writer =>
        {
            foreach (var (name, item) in _values)
            {
                writer.WritePropertyName(name);
                item.WriteTo(writer);
            }
        });
        var faults = JsonSchemaCheck.Check(schema, value, 5);
        if (faults.Count > 0)
        {
            throw new FleetException("invalid_arguments", $"{tool}: {string.Join(" ", faults.Select(static fault => $"'{fault.Path}' {fault.Problem.TrimEnd('.')}."))}");
        }
    }
}
