using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Host.Mcp.Http;

/// <summary>A parameter of a tool that its schema marks with <c>x-mcp-header</c>.</summary>
/// <param name="Header">What follows <c>Mcp-Param-</c>.</param>
/// <param name="Path">The properties that lead to it.</param>
internal sealed record MarkedParameter(string Header, IReadOnlyList<string> Path)
{
    private const string Keyword = "x-mcp-header";

    /// <summary>Those of an input schema. Only what is reachable by properties alone counts, as the protocol says.</summary>
    public static IReadOnlyList<MarkedParameter> Find(JsonElement schema)
    {
        var found = new List<MarkedParameter>();
        Collect(schema, [], found);
        return found;
    }

    /// <summary>The argument; null where it is absent or JSON null.</summary>
    public JsonValue? ValueIn(JsonNode? arguments)
    {
        var node = arguments;
        foreach (var name in Path)
        {
            node = node is JsonObject item ? item[name] : null;
        }

        return node as JsonValue;
    }

    /// <summary>Whether the text of a header means the same as the argument.</summary>
    public static bool IsSame(JsonValue argument, string header) => argument.GetValueKind() switch
    {
        JsonValueKind.String => argument.GetValue<string>() == header,
        JsonValueKind.True => header == "true",
        JsonValueKind.False => header == "false",
        JsonValueKind.Number => decimal.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var given)
            && decimal.TryParse(argument.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && given == number,
        _ => false,
    };

    private static void Collect(JsonElement schema, IReadOnlyList<string> path, List<MarkedParameter> found)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            IReadOnlyList<string> here = [.. path, property.Name];
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(Keyword, out var header) && header.ValueKind == JsonValueKind.String && header.GetString() is { Length: > 0 } name)
            {
                found.Add(new(name, here));
            }

            Collect(property.Value, here, found);
        }
    }
}
