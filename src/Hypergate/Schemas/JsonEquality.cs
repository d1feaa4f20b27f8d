using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Values are equal when JSON says so: <c>1</c> is <c>1.0</c>, and the order of properties does not matter.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement obj) => obj.ValueKind switch
    {
        JsonValueKind.String => obj.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Number => obj.GetDouble().GetHashCode(),
        JsonValueKind.Array => HashOfItems(obj),
        JsonValueKind.Object => HashOfProperties(obj),
        _ => (int)obj.ValueKind,
    };

    private int HashOfItems(JsonElement array)
    {
        var hash = default(HashCode);
        foreach (var item in array.EnumerateArray())
        {
            hash.Add(GetHashCode(item));
        }

        return hash.ToHashCode();
    }

    private int HashOfProperties(JsonElement value)
    {
        var hash = 0;
        foreach (var property in value.EnumerateObject())
        {
            hash ^= HashCode.Combine(property.Name.GetHashCode(StringComparison.Ordinal), GetHashCode(property.Value));
        }

        return hash;
    }
}
