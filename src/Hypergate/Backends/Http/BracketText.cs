using System.Globalization;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>Lists and objects as names with brackets: in queries a list repeats its name, in forms its items are numbered.</summary>
internal static class BracketText
{
    /// <summary><c>a=1&amp;a=2</c>, <c>a[b]=1</c>, <c>a[b][]=1</c>, <c>a[0][b]=1</c>; null where a value is no text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Query(string name, JsonElement value)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        return Add(pairs, name, value, static (list, name, item, index, isInside) =>
            IsNested(item) ? $"{name}[{index.ToString(CultureInfo.InvariantCulture)}]" : isInside && !name.EndsWith("[]", StringComparison.Ordinal) ? $"{name}[]" : name, isInside: false) ? pairs : null;
    }

    /// <summary><c>a[0]=1</c>, <c>a[b]=1</c>, <c>a[0][b]=1</c>, and <c>a[]=1</c> where the name itself says so; null where a value is no text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Form(string name, JsonElement value)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        return Add(pairs, name, value, static (list, name, item, index, isInside) =>
            name.EndsWith("[]", StringComparison.Ordinal) && !IsNested(item) ? name : $"{(name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name)}[{index.ToString(CultureInfo.InvariantCulture)}]", isInside: false) ? pairs : null;
    }

    private delegate string ItemName(JsonElement list, string name, JsonElement item, int index, bool isInside);

    private static bool Add(List<KeyValuePair<string, string>> pairs, string name, JsonElement value, ItemName nameOf, bool isInside)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return true;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    // Also where it is nested, a name that ends in brackets says that it stands for a list.
                    var inner = property.Name.EndsWith("[]", StringComparison.Ordinal) ? $"{name}[{property.Name[..^2]}][]" : $"{name}[{property.Name}]";
                    if (!Add(pairs, inner, property.Value, nameOf, isInside: true))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (!Add(pairs, nameOf(value, name, item, index++, isInside), item, nameOf, isInside: true))
                    {
                        return false;
                    }
                }

                return true;
            default:
                if (ArgumentText.TryRead(value) is not { } text)
                {
                    return false;
                }

                pairs.Add(new(name, text));
                return true;
        }
    }

    private static bool IsNested(JsonElement item) => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}
