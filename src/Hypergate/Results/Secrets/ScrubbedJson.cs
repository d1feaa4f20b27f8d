using System.Buffers;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Secrets;

/// <summary>A finished value without known secrets, in whatever text or name they stand.</summary>
internal static class ScrubbedJson
{
    /// <summary>The same value where there are none, which is the rule.</summary>
    public static WrittenJson Of(WrittenJson json, SecretScrubber scrubber)
    {
        if (!IsIn(json.Utf8.Span, scrubber))
        {
            return json;
        }

        var buffer = new ArrayBufferWriter<byte>(json.Utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, json.Value, scrubber);
        }

        return new WrittenJson(buffer.WrittenMemory);
    }

    private static bool IsIn(ReadOnlySpan<byte> json, SecretScrubber scrubber)
    {
        if (scrubber.IsTooShort(json.Length))
        {
            return false;
        }

        var text = ArrayPool<char>.Shared.Rent(json.Length);
        try
        {
            return scrubber.Finds(text.AsSpan(0, Encoding.UTF8.GetChars(json, text)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, SecretScrubber scrubber)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(scrubber.Scrub(JsonText.NameOf(property)));
                    Write(writer, property.Value, scrubber);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, scrubber);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(scrubber.Scrub(JsonText.Of(value)));
                break;
            case JsonValueKind.Number when scrubber.Scrub(value.GetRawText()) is var number && number != value.GetRawText():
                writer.WriteStringValue(number);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
