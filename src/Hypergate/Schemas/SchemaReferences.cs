using System.Globalization;
using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>References inside one schema document: <c>#</c> and <c>#/$defs/name</c>.</summary>
internal static class SchemaReferences
{
    /// <summary>The schema that a reference points at; null where it points outside or at nothing.</summary>
    public static JsonElement? Find(JsonElement root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        JsonElement? found = root;
        foreach (var part in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found is { } parent ? Below(parent, name) : null;
        }

        return found;
    }

    private static JsonElement? Below(JsonElement parent, string name) => parent.ValueKind switch
    {
        JsonValueKind.Object when parent.TryGetProperty(name, out var value) => value,
        JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < parent.GetArrayLength() => parent[index],
        _ => null,
    };
}
