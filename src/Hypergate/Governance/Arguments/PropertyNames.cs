using System.Text.Json;

namespace Hypergate.Governance.Arguments;

/// <summary>Names by which JavaScript, which platforms are written in, reaches an object's prototype instead of a property.</summary>
internal static class PropertyNames
{
    private const int Deepest = 64;

    /// <summary>What is wrong with a value, wherever in it; null where nothing is.</summary>
    public static string? Problem(JsonElement value, string path = "", int depth = 0) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when depth > Deepest => $"'{path}' is nested more than {Deepest} levels deep.",
        JsonValueKind.Object => value.EnumerateObject().Select(property => Problem(property, path, depth)).FirstOrDefault(static problem => problem is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((item, index) => Problem(item, $"{path}[{index}]", depth + 1)).FirstOrDefault(static problem => problem is not null),
        _ => null,
    };

    private static string? Problem(JsonProperty property, string path, int depth)
    {
        var own = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
        return property.Name is "__proto__" or "constructor" or "prototype"
            ? $"'{own}' is not a name that can be sent."
            : Problem(property.Value, own, depth + 1);
    }
}
