using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Secrets;

/// <summary>
/// Objects and lists that are spelled as texts inside a value, as models often pass a body: read as what they are, so that the
/// names inside them tell what is secret.
/// </summary>
internal static class EmbeddedJson
{
    private const int Deepest = 48;

    /// <summary>The object or list that a text spells; null for every other text.</summary>
    public static JsonElement? Read(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value with such texts opened at any depth.</summary>
    public static JsonElement Open(JsonElement value)
    {
        if (!Holds(value))
        {
            return value;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, value, 0);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new() { MaxDepth = 2 * Deepest + 64 });
    }

    // Most values hold none, and are not copied.
    private static bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(static property => Holds(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Holds),
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(value).ContainsAny("{[\\"u8), // A backslash may be one of them, escaped.
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(JsonText.NameOf(property));
                    Write(writer, property.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when depth < Deepest && Read(JsonText.Of(value)) is { } inner:
                Write(writer, inner, depth + 1);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
