using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>
/// Integers that a script gives as text, because JavaScript cannot hold them or because they came so: where an argument takes an integer and
/// no text, the digits are the number.
/// </summary>
internal static class TextDigits
{
    private const int MostDigits = 40;

    /// <param name="arguments">An object.</param>
    /// <param name="schemaOf">What an argument takes, by its name; undefined where nothing is known.</param>
    public static JsonElement Read(JsonElement arguments, Func<string, JsonElement> schemaOf) =>
        arguments.EnumerateObject().Any(argument => HasAny(argument.Value, schemaOf(argument.Name)))
            ? ToolSchema.Write(writer =>
            {
                foreach (var argument in arguments.EnumerateObject())
                {
                    writer.WritePropertyName(argument.Name);
                    Write(writer, argument.Value, schemaOf(argument.Name));
                }
            })
            : arguments;

    private static bool HasAny(JsonElement value, JsonElement schema) => value.ValueKind switch
    {
        JsonValueKind.String => IsInteger(schema) && IsDigits(value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasAny(member.Value, MemberOf(schema, member.Name))),
        JsonValueKind.Array => value.EnumerateArray().Any(item => HasAny(item, ItemOf(schema))),
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement value, JsonElement schema)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when HasAny(value, schema):
                writer.WriteRawValue(value.GetString()!);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, MemberOf(schema, member.Name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, ItemOf(schema));
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static bool IsInteger(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
        && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(static one => one.ValueEquals("integer")) && !type.EnumerateArray().Any(static one => one.ValueEquals("string")) : type.ValueEquals("integer"));

    // As JSON writes an integer.
    private static bool IsDigits(string text)
    {
        var digits = text is ['-', .. var rest] ? rest : text;
        return digits.Length is > 0 and <= MostDigits && digits.All(char.IsAsciiDigit) && (digits.Length == 1 || digits[0] != '0');
    }

    private static JsonElement MemberOf(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var member) ? member : default;

    private static JsonElement ItemOf(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out var items) ? items : default;
}
