using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>Values of platforms as scripts get them: numbers that JavaScript would change arrive as text.</summary>
internal static class ScriptJson
{
    private const long LargestInteger = 9_007_199_254_740_991;
    private const int SignificantDigits = 15;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    public static string Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return "null";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when !IsSafe(value):
                writer.WriteStringValue(value.GetRawText());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // Whether the number survives as a double.
    private static bool IsSafe(JsonElement number)
    {
        if (number.TryGetInt64(out var integer))
        {
            return integer is >= -LargestInteger and <= LargestInteger;
        }

        var digits = 0;
        foreach (var character in number.GetRawText())
        {
            if (character is 'e' or 'E')
            {
                break;
            }

            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        // A platform writes a double with up to 17 digits; only what a double cannot hold is text.
        return number.TryGetDouble(out var value) && double.IsFinite(value)
            && (digits <= SignificantDigits || IsShortest(number.GetRawText(), value));
    }

    private static bool IsShortest(string text, double value) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var exact)
        && decimal.TryParse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var kept)
        && exact == kept;
}
