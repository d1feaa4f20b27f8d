using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The content of a request or a response, by media type.</summary>
internal static class MediaTypes
{
    /// <summary>The JSON media type's object, or null where there is none.</summary>
    public static JsonElement? Json(JsonElement holder)
    {
        JsonElement? found = null;
        foreach (var type in In(holder))
        {
            if (IsJson(type.Name) && type.Value.ValueKind == JsonValueKind.Object)
            {
                found ??= type.Value;
            }
        }

        return found;
    }

    /// <summary>The first media type, where content is declared and none of it is JSON or text.</summary>
    public static string? OnlyBinary(JsonElement holder)
    {
        string? first = null;
        foreach (var type in In(holder))
        {
            if (IsJson(type.Name) || type.Name.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            first ??= DescriptionText.OneLine(type.Name, DescriptionText.LongestTitle);
        }

        return first;
    }

    /// <summary>Whether any content is declared.</summary>
    public static bool HasAny(JsonElement holder) => In(holder).Any();

    private static bool IsJson(string type)
    {
        var plain = type.AsSpan(0, type.IndexOf(';') is >= 0 and var end ? end : type.Length).Trim();
        return plain.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || plain.Equals("*/*", StringComparison.Ordinal)
            || plain.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement.ObjectEnumerator In(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
            ? content.EnumerateObject()
            : default;
}
