using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>The part of a form that is a file: a text for itself, or <c>data:TYPE;base64,…</c> for bytes.</summary>
internal static class FilePart
{
    private const int LongestType = 100;

    /// <summary>Whether a field is a file, as its schema or its encoding says.</summary>
    public static bool Is(JsonElement schema, string name, FieldEncoding? encoding) =>
        IsOfFile(encoding?.ContentType)
        || (Property(schema, name) is { } property
            && (Says(property, "format", "binary") || (property.TryGetProperty("items", out var items) && Says(items, "format", "binary")) || property.TryGetProperty("contentMediaType", out _)));

    /// <summary>As what it goes: as the text itself says, else as the document does.</summary>
    public static string Type(string text, JsonElement schema, string name, FieldEncoding? encoding)
    {
        var said = text.StartsWith("data:", StringComparison.Ordinal) ? text["data:".Length..].Split([';', ','], 2)[0]
            : Property(schema, name) is { } property && property.TryGetProperty("contentMediaType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()!
            : "";
        return IsType(said) ? said : encoding?.FirstType ?? "application/octet-stream";
    }

    public static byte[] Bytes(string text)
    {
        const string Mark = ";base64,";
        var start = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(Mark, StringComparison.Ordinal) : -1;
        var bytes = new byte[text.Length];
        return start > 0 && Convert.TryFromBase64String(text[(start + Mark.Length)..], bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }

    public static bool Says(JsonElement schema, string keyword, string word) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(word);

    private static JsonElement? Property(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.Object ? property : null;

    // Pictures and archives are files even where the schema says nothing; JSON and texts are only where it says so.
    private static bool IsOfFile(string? types) => types is not null && !types.Split(',').Any(static type =>
        MediaType.Of(type) is var plain && (MediaType.IsJson(plain) || plain == "*/*" || plain.StartsWith("text/", StringComparison.Ordinal) || plain.EndsWith("xml", StringComparison.Ordinal) || plain.EndsWith("yaml", StringComparison.Ordinal)));

    private static bool IsType(string said) => said.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && said.Length <= LongestType && said.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_');
}
