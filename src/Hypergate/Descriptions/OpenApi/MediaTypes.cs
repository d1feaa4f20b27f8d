using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The content of a request or a response, by media type.</summary>
internal static class MediaTypes
{
    public const string UrlEncoded = "application/x-www-form-urlencoded";

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

    /// <summary>As what a JSON body is sent: as plain JSON where that will do, else as the first kind of JSON that is declared.</summary>
    public static string JsonType(JsonElement holder)
    {
        var types = In(holder).Where(static type => IsJson(type.Name)).Select(static type => MediaType.Of(type.Name)).ToList();
        return types.Find(static type => type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) && type.All(static c => c is > ' ' and <= '~' and not '*')) is { } special
            && types.TrueForAll(static type => type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)) ? special : RequestBody.Json;
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

    /// <summary>The type that is easiest to write of those that are not JSON: a form, a form with files, a text, bytes.</summary>
    public static (string Type, JsonElement Content)? Other(JsonElement holder)
    {
        var all = In(holder).Where(static type => type.Value.ValueKind == JsonValueKind.Object).ToList();
        foreach (var isWanted in (Func<string, bool>[])[static type => type == UrlEncoded, IsForm, IsText, static _ => true])
        {
            foreach (var type in all)
            {
                var plain = DescriptionText.OneLine(type.Name, DescriptionText.LongestTitle);
                if (isWanted(plain) && plain.All(static c => c is > ' ' and <= '~' and not '*'))
                {
                    return (plain, type.Value);
                }
            }
        }

        return null;
    }

    public static bool IsForm(string type) => type is UrlEncoded or "multipart/form-data";

    /// <summary>What a caller gives as a body that has no parts: a text, or bytes in base64.</summary>
    public static JsonElement TextOrBytes(string type) => JsonElement.Parse(IsText(type)
        ? """{"type":"string"}"""
        : """{"type":"string","contentEncoding":"base64"}""");

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("yaml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether any content is declared.</summary>
    public static bool HasAny(JsonElement holder) => In(holder).Any();

    public static bool IsJson(string type) => MediaType.IsJson(type) || MediaType.Of(type) == "*/*";

    private static JsonElement.ObjectEnumerator In(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
            ? content.EnumerateObject()
            : default;
}
