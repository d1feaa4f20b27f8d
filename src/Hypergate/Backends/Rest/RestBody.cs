using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Writes bodies as the media type of an operation wants them: JSON, forms, forms with files, texts, bytes.</summary>
internal static class RestBody
{
    private const int LongestType = 100;

    public static EncodedBody? Of(Call call)
    {
        if (call.Operation.Body is not { } body || !call.Arguments.TryGetProperty("body", out var value))
        {
            return null;
        }

        return body.MediaType switch
        {
            RequestBody.Json => ArgumentEncoding.Json.Body(call),
            var type when type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) => ArgumentEncoding.Json.Body(call),
            "application/x-www-form-urlencoded" => new EncodedBody(Encoding.UTF8.GetBytes(Form(value, body.Styles)), body.MediaType),
            "multipart/form-data" => Multipart(value, body.Schema, $"hypergate-{call.Id}"),
            _ => new EncodedBody(Bytes(value, body.Schema), body.MediaType),
        };
    }

    /// <summary>Why a body cannot be written; null where it can.</summary>
    public static string? Problem(Call call) =>
        call.Operation.Body is { } body && call.Arguments.TryGetProperty("body", out var value)
        && body.Schema.TryGetProperty("contentEncoding", out var encoding) && encoding.ValueEquals("base64") && !value.TryGetBytesFromBase64(out _)
            ? "'body' must be bytes in base64. Nothing was sent."
            : null;

    private static string Form(JsonElement value, IReadOnlyList<ParameterWire> styles) => string.Join('&', Fields(value)
        .Where(field => !styles.Any(style => style.Name == field.Name)).Select(static field => new KeyValuePair<string, string>(field.Name, Uri.EscapeDataString(TextOf(field.Value))))
        .Concat(styles.SelectMany(style => Styled(value, style)))
        .Select(static field => $"{Uri.EscapeDataString(field.Key)}={field.Value}"));

    private static IEnumerable<KeyValuePair<string, string>> Styled(JsonElement value, ParameterWire style) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(style.Name, out var field) && field.ValueKind != JsonValueKind.Null
            ? ParameterText.Query(style, field) ?? [new(style.Name, Uri.EscapeDataString(TextOf(field)))]
            : [];

    // A list is one field for each of its items; what is nested deeper goes as JSON.
    private static IEnumerable<(string Name, JsonElement Value)> Fields(JsonElement value) => value.ValueKind != JsonValueKind.Object
        ? []
        : value.EnumerateObject().Where(static property => property.Value.ValueKind != JsonValueKind.Null)
            .SelectMany(static property => property.Value.ValueKind == JsonValueKind.Array
                ? property.Value.EnumerateArray().Select(item => (property.Name, item))
                : [(property.Name, property.Value)]);

    private static string TextOf(JsonElement value) => ArgumentText.TryRead(value) ?? value.GetRawText();

    private static EncodedBody Multipart(JsonElement value, JsonElement schema, string boundary)
    {
        using var body = new MemoryStream();
        foreach (var (name, field) in Fields(value))
        {
            var isFile = IsFile(schema, name);
            var type = isFile ? FileType(field, schema.GetProperty("properties").GetProperty(name)) : field.ValueKind is JsonValueKind.Object ? RequestBody.Json : "text/plain; charset=utf-8";
            var plain = name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{plain}\"{(isFile ? $"; filename=\"{plain}\"" : "")}\r\nContent-Type: {type}\r\n\r\n");
            body.Write(isFile && field.ValueKind == JsonValueKind.String ? FileBytes(field) : Encoding.UTF8.GetBytes(TextOf(field)));
            Write(body, "\r\n");
        }

        Write(body, $"--{boundary}--\r\n");
        return new EncodedBody(body.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private static bool IsFile(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property)
        && (Says(property, "format", "binary") || (property.TryGetProperty("items", out var items) && Says(items, "format", "binary")) || property.TryGetProperty("contentMediaType", out _));

    private static bool Says(JsonElement schema, string keyword, string word) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(word);

    // As the text itself says, else as the document does.
    private static string FileType(JsonElement field, JsonElement schema)
    {
        var text = field.ValueKind == JsonValueKind.String ? field.GetString()! : "";
        var said = text.StartsWith("data:", StringComparison.Ordinal) ? text["data:".Length..].Split([';', ','], 2)[0]
            : schema.TryGetProperty("contentMediaType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
        return said.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && said.Length <= LongestType && said.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_')
            ? said
            : "application/octet-stream";
    }

    // data:…;base64,… stands for bytes, everything else for itself.
    private static byte[] FileBytes(JsonElement field)
    {
        const string Mark = ";base64,";
        var text = field.GetString()!;
        var start = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(Mark, StringComparison.Ordinal) : -1;
        var bytes = new byte[text.Length];
        return start > 0 && Convert.TryFromBase64String(text[(start + Mark.Length)..], bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Bytes(JsonElement value, JsonElement schema) =>
        Says(schema, "contentEncoding", "base64") && value.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(TextOf(value));

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
