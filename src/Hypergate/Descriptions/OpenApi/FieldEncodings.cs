using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The <c>encoding</c> of a form: how each of its fields is written.</summary>
internal sealed class FieldEncodings(ReadingContext context)
{
    private const int LongestType = 200;

    // OpenAPI 3.0 knows styles in plain forms alone, later versions in forms with files as well.
    private readonly bool _stylesParts = !context.Root.TryGetProperty("openapi", out var version) || !version.ToString().StartsWith("3.0", StringComparison.Ordinal);

    /// <param name="media">The media type's object.</param>
    /// <param name="type">Its name: a form, or a form with files.</param>
    public IReadOnlyList<FieldEncoding> Read(JsonElement media, string type) =>
        MediaTypes.IsForm(type) && media.TryGetProperty("encoding", out var encoding) && encoding.ValueKind == JsonValueKind.Object
            ? [.. encoding.EnumerateObject().Where(static field => field.Value.ValueKind == JsonValueKind.Object)
                .Select(field => One(field.Name, field.Value, type == MediaTypes.UrlEncoded)).Where(static field => field.Style is not null || field.ContentType is not null || field.Headers.Count > 0)]
            : [];

    /// <summary>The schema of the form with texts where a field is an object that goes as something other than JSON.</summary>
    public static JsonElement WithTexts(JsonElement schema, IReadOnlyList<FieldEncoding> fields)
    {
        if (!fields.Any(static field => field.IsWrittenByCaller) || JsonObject.Create(schema)?["properties"] is not JsonObject properties)
        {
            return schema;
        }

        foreach (var field in fields.Where(static field => field.IsWrittenByCaller))
        {
            if (properties[field.Name] is JsonObject property)
            {
                var holder = property["items"] as JsonObject ?? property;
                Replace(holder, field.ContentType!);
            }
        }

        return JsonSerializer.SerializeToElement(properties.Root.AsObject(), SwaggerJson.Default.JsonObject);
    }

    private static void Replace(JsonObject schema, string type)
    {
        if (schema["type"]?.ToString() != "object")
        {
            return;
        }

        var words = schema["description"]?.ToString();
        schema.Clear();
        schema["type"] = "string";
        schema["description"] = string.IsNullOrEmpty(words) ? $"A text of {type}." : $"{words.TrimEnd('.')}. A text of {type}.";
    }

    private FieldEncoding One(string name, JsonElement encoding, bool isUrlEncoded) => new(name)
    {
        Style = (isUrlEncoded || _stylesParts) && HasStyle(encoding) ? GeneralParameters.WireOf(encoding, name, ParameterPlace.Query) : null,
        ContentType = SchemaKeywords.Text(encoding, "contentType") is { Length: > 0 and <= LongestType } type && HeaderText.Problem(type) is null ? type : null,
        Headers = isUrlEncoded ? [] : Headers(name, encoding),
    };

    private static bool HasStyle(JsonElement encoding) =>
        encoding.TryGetProperty("style", out var style) && style.ValueKind == JsonValueKind.String || encoding.TryGetProperty("explode", out _) || encoding.TryGetProperty("allowReserved", out _);

    // Nobody is asked for headers of parts: those are sent of which the document says the value.
    private List<KeyValuePair<string, string>> Headers(string field, JsonElement encoding)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var declared in encoding.TryGetProperty("headers", out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : default)
        {
            var header = context.References.Follow(declared.Value);
            if (declared.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) || declared.Name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)
                || header.ValueKind != JsonValueKind.Object || !GeneralParameters.IsToken(declared.Name))
            {
                continue;
            }

            if (Fixed(header) is { } value && HeaderText.Problem(value) is null)
            {
                headers.Add(new(declared.Name, value));
            }
            else if (SchemaKeywords.IsTrue(header, "required"))
            {
                context.Warnings.Add($"The part {DescriptionText.OneLine(field, DescriptionText.LongestTitle)} of a form needs the header {declared.Name}, of which the description says no value: it is sent without.");
            }
        }

        return headers;
    }

    private string? Fixed(JsonElement header)
    {
        if (!header.TryGetProperty("schema", out var declared) || context.References.Follow(declared) is not { ValueKind: JsonValueKind.Object } schema)
        {
            return null;
        }

        return schema.TryGetProperty("const", out var only) || schema.TryGetProperty("default", out only) ? ArgumentText.TryRead(only)
            : schema.TryGetProperty("enum", out var several) && several.ValueKind == JsonValueKind.Array && several.GetArrayLength() == 1 ? ArgumentText.TryRead(several[0])
            : null;
    }
}
