using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Writes forms, with files or without, each field as the document's <c>encoding</c> says and else as its kind of value asks for.</summary>
/// <param name="body">What the document says of the form.</param>
/// <param name="value">The argument.</param>
internal sealed class RestForm(RequestBody body, JsonElement value)
{
    private const string PlainText = "text/plain; charset=utf-8";

    public EncodedBody UrlEncoded() => new(Encoding.UTF8.GetBytes(string.Join('&', Plain().Concat(Declared()).Select(static entry => $"{Uri.EscapeDataString(entry.Key)}={entry.Value}"))), body.MediaType);

    public EncodedBody Multipart(string boundary)
    {
        using var parts = new MemoryStream();
        foreach (var property in Properties())
        {
            var (name, field) = (property.Name, property.Value);
            var encoding = Of(name);
            if (encoding?.Style is { } style && ParameterText.Query(style, field) is { } entries)
            {
                // Parts are not encoded, other than entries of a query.
                entries.ToList().ForEach(entry => Write(parts, boundary, new Part(entry.Key, PlainText, Encoding.UTF8.GetBytes(Uri.UnescapeDataString(entry.Value))), encoding));
                continue;
            }

            foreach (var item in field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray()] : new[] { field })
            {
                Write(parts, boundary, PartOf(name, item, encoding), encoding);
            }
        }

        parts.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        return new EncodedBody(parts.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private FieldEncoding? Of(string name) => body.Fields.FirstOrDefault(field => field.Name == name);

    private IEnumerable<JsonProperty> Properties() => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().Where(static property => property.Value.ValueKind != JsonValueKind.Null);

    // A list is one field for each of its items; what is nested deeper goes as JSON.
    private IEnumerable<KeyValuePair<string, string>> Plain() => Properties().Where(property => Of(property.Name) is null or { Style: null, IsJson: false })
        .SelectMany(static property => property.Value.ValueKind == JsonValueKind.Array
            ? property.Value.EnumerateArray().Select(item => KeyValuePair.Create(property.Name, Escaped(TextOf(item))))
            : [KeyValuePair.Create(property.Name, Escaped(TextOf(property.Value)))]);

    private IEnumerable<KeyValuePair<string, string>> Declared() => body.Fields.SelectMany(field => value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(field.Name, out var given) || given.ValueKind == JsonValueKind.Null ? []
        : field.Style is { } style ? ParameterText.Query(style, given) ?? [new(field.Name, Escaped(TextOf(given)))]
        : field.IsJson ? [KeyValuePair.Create(field.Name, Escaped(JsonOf(given)))]
        : []);

    private Part PartOf(string name, JsonElement item, FieldEncoding? encoding)
    {
        if (encoding is { IsJson: true })
        {
            return new Part(name, encoding.FirstType!, Encoding.UTF8.GetBytes(JsonOf(item)));
        }

        if (item.ValueKind == JsonValueKind.String && FilePart.Is(body.Schema, name, encoding))
        {
            return new Part(name, FilePart.Type(item.GetString()!, body.Schema, name, encoding), FilePart.Bytes(item.GetString()!), IsFile: true);
        }

        var type = encoding?.FirstType ?? (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? RequestBody.Json : PlainText);
        return new Part(name, type, Encoding.UTF8.GetBytes(TextOf(item)));
    }

    private static void Write(MemoryStream parts, string boundary, Part part, FieldEncoding? encoding)
    {
        var plain = part.Name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var headers = string.Concat((encoding?.Headers ?? []).Select(static header => $"{header.Key}: {header.Value}\r\n"));
        parts.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{plain}\"{(part.IsFile ? $"; filename=\"{plain}\"" : "")}\r\nContent-Type: {part.Type}\r\n{headers}\r\n"));
        parts.Write(part.Bytes);
        parts.Write("\r\n"u8);
    }

    // A text that is an object or a list already is the JSON itself.
    internal static string JsonOf(JsonElement value) => value.ValueKind == JsonValueKind.String && IsObjectOrList(value.GetString()!) ? value.GetString()! : value.GetRawText();

    private static bool IsObjectOrList(string text)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['{' or '[', ..] && JsonElement.Parse(text).ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string TextOf(JsonElement value) => ArgumentText.TryRead(value) ?? value.GetRawText();

    private sealed record Part(string Name, string Type, byte[] Bytes, bool IsFile = false);
}
