using System.Text.Json;

namespace Hypergate.Governance.Arguments;

/// <summary>
/// Names of properties that mean something else to the platform than to us: the same name twice in an object, of which a reader takes
/// the first or the last, and those by which JavaScript reaches an object's prototype.
/// </summary>
internal static class PropertyNames
{
    private const int Deepest = 64;

    /// <summary>What is wrong with a value, wherever in it; null where nothing is.</summary>
    public static string? Problem(JsonElement value, string path = "", int depth = 0)
    {
        if (depth > Deepest)
        {
            return $"'{path}' is nested more than {Deepest} levels deep.";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => InObject(value, path, depth),
            JsonValueKind.Array => value.EnumerateArray().Select((item, index) => Problem(item, $"{path}[{index}]", depth + 1)).FirstOrDefault(static problem => problem is not null),
            _ => null,
        };
    }

    private static string? InObject(JsonElement value, string path, int depth)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var own = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (property.Name is "__proto__" or "constructor" or "prototype")
            {
                return $"'{own}' is not a name that can be sent.";
            }

            if (!seen.Add(property.Name))
            {
                return $"'{own}' is given twice.";
            }

            if (Problem(property.Value, own, depth + 1) is { } inside)
            {
                return inside;
            }
        }

        return null;
    }
}
