using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>
/// Writes arguments as Proxmox VE reads them: form fields, booleans as 1 and 0, lists joined by commas, settings of one parameter as
/// a property string. A form cannot say "empty text", so a body with one goes as JSON.
/// </summary>
internal static class ProxmoxForm
{
    public const string FormType = "application/x-www-form-urlencoded";

    private static readonly Dictionary<string, JsonElement> OfBackups = new(StringComparer.Ordinal) { ["remove"] = JsonElement.Parse("0") };

    /// <summary>The body of a call; null where the operation takes none, or the call brings nothing.</summary>
    public static EncodedBody? Of(Call call)
    {
        var fields = Fields(call);
        if (fields.Count == 0)
        {
            return null;
        }

        return fields.TrueForAll(static field => field.Value.Length > 0)
            ? new EncodedBody(Encoding.ASCII.GetBytes(string.Join('&', fields.Select(static field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"))), FormType)
            : new EncodedBody(Json(fields), "application/json");
    }

    /// <summary>Unasked, a backup prunes older ones by the storage's retention.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Defaults(Operation operation) =>
        operation is { Method: "POST", Path: "/nodes/{node}/vzdump" } ? OfBackups : ArgumentEncoding.NoFields;

    /// <summary>An argument of the query.</summary>
    public static JsonElement QueryValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => JsonElement.Parse("1"),
        JsonValueKind.False => JsonElement.Parse("0"),
        JsonValueKind.Object => JsonSerializer.SerializeToElement(PropertyText(value, default), ModelJson.Default.String),
        _ => value,
    };

    /// <summary>Why a call cannot be written; null where it can.</summary>
    public static string? Problem(Call call)
    {
        foreach (var argument in Body(call))
        {
            JsonElement[] values = argument.Value.ValueKind == JsonValueKind.Array ? [.. argument.Value.EnumerateArray()] : [argument.Value];
            foreach (var part in values.Where(static value => value.ValueKind == JsonValueKind.Object).SelectMany(static value => value.EnumerateObject()))
            {
                if (!CanStand(part.Value))
                {
                    return $"'{argument.Name}.{part.Name}' cannot be written: it holds a comma, a line break or settings of its own, which would end it there.";
                }
            }
        }

        return null;
    }

    private static bool CanStand(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => false,
        JsonValueKind.Array => value.EnumerateArray().All(CanStand),
        _ => (ArgumentText.TryRead(value) ?? "").AsSpan().IndexOfAny(",\n\r") < 0,
    };

    private static List<KeyValuePair<string, string>> Fields(Call call)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var argument in Body(call))
        {
            var schema = SchemaOf(call.Operation, argument.Name);
            if (argument.Value.ValueKind == JsonValueKind.Array && IsArray(schema))
            {
                fields.AddRange(argument.Value.EnumerateArray().Select(item => new KeyValuePair<string, string>(argument.Name, Text(item, Inside(schema, "items")))));
            }
            else if (argument.Value.ValueKind != JsonValueKind.Null)
            {
                fields.Add(new(argument.Name, Text(argument.Value, schema)));
            }
        }

        var missing = Defaults(call.Operation).Where(usual => !fields.Exists(field => field.Key == usual.Key));
        return [.. fields, .. missing.Select(static usual => KeyValuePair.Create(usual.Key, Text(usual.Value, default)))];
    }

    private static JsonElement.ObjectEnumerator Body(Call call) =>
        call.Operation.Body is not null && call.Arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object
            ? body.EnumerateObject()
            : default;

    private static string Text(JsonElement value, JsonElement schema) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(static item => Text(item, default))),
        JsonValueKind.Object => PropertyText(value, schema),
        _ => ArgumentText.TryRead(value) ?? "",
    };

    // In the order of the schema, because that is how Proxmox VE writes them itself.
    private static string PropertyText(JsonElement value, JsonElement schema)
    {
        var order = Inside(schema, "properties") is { ValueKind: JsonValueKind.Object } known
            ? known.EnumerateObject().Select(static property => property.Name).ToList()
            : [];
        var parts = value.EnumerateObject().Where(static part => part.Value.ValueKind != JsonValueKind.Null)
            .OrderBy(part => order.IndexOf(part.Name) is >= 0 and var place ? place : order.Count);
        return string.Join(',', parts.Select(static part => $"{part.Name}={Part(part.Value)}"));
    }

    // Lists within a property string are separated by semicolons.
    private static string Part(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(';', value.EnumerateArray().Select(static item => Text(item, default)))
        : Text(value, default);

    private static JsonElement SchemaOf(Operation operation, string name)
    {
        if (Inside(Inside(operation.Body!.Schema, "properties"), name) is { ValueKind: JsonValueKind.Object } known)
        {
            return known;
        }

        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var families = Inside(operation.Body.Schema, "patternProperties");
        return families.ValueKind == JsonValueKind.Object
            ? families.EnumerateObject().FirstOrDefault(family => family.Name.StartsWith($"^{stem}\\d", StringComparison.Ordinal)).Value
            : default;
    }

    private static bool IsArray(JsonElement schema) => Inside(schema, "type") is { ValueKind: JsonValueKind.String } type && type.ValueEquals("array");

    private static JsonElement Inside(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value : default;

    private static byte[] Json(List<KeyValuePair<string, string>> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var field in fields.GroupBy(static field => field.Key, static field => field.Value, StringComparer.Ordinal))
            {
                writer.WritePropertyName(field.Key);
                Write(writer, [.. field]);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string[] values)
    {
        if (values is [var only])
        {
            writer.WriteStringValue(only);
            return;
        }

        writer.WriteStartArray();
        Array.ForEach(values, writer.WriteStringValue);
        writer.WriteEndArray();
    }
}
