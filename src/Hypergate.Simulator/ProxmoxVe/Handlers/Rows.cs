using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Rows of lists.</summary>
internal static class Rows
{
    public static JsonArray Array(IEnumerable<JsonNode?> rows) => new([.. rows]);

    /// <summary>A row of names and values; a null value is left out.</summary>
    public static JsonObject Row(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var row = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                row[name] = value;
            }
        }

        return row;
    }

    public static string Word(this RunState state) => state switch
    {
        RunState.Running => "running",
        RunState.Paused => "paused",
        _ => "stopped",
    };

    /// <summary>One level of a directory.</summary>
    public static JsonArray Directory(string key, IEnumerable<string> names) => Array(names.Select(name => Row((key, name))));

    /// <summary>Texts that are numbers in the answers become such.</summary>
    public static JsonNode Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
}
