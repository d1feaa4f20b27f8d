using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>What the JSON formats share: relaxed escaping, and text instead of bytes.</summary>
internal static class JsonLines
{
    public static readonly JsonWriterOptions Compact = new() { Encoder = Escaping };

    /// <summary>Escapes only what JSON demands; the text goes to no browser unencoded.</summary>
    public static JavaScriptEncoder Escaping => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A value in the very bytes it was read from.</summary>
    public static void WriteAsIs(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>A row's value in a column; null where the row has none.</summary>
    public static void WriteValue(Utf8JsonWriter writer, JsonElement row, string column)
    {
        if (row.TryGetProperty(column, out var value))
        {
            WriteAsIs(writer, value);
            return;
        }

        writer.WriteNullValue();
    }

    /// <summary>A single value below <c>data</c>.</summary>
    public static string Record(JsonElement value) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        WriteAsIs(writer, value);
        writer.WriteEndObject();
    });

    public static string Write(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteBytes(write).Span);

    /// <param name="write">What is written.</param>
    /// <param name="expected">About how many bytes that is.</param>
    public static ReadOnlyMemory<byte> WriteBytes(Action<Utf8JsonWriter> write, int expected = 1_024)
    {
        var buffer = new ArrayBufferWriter<byte>(expected);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}
