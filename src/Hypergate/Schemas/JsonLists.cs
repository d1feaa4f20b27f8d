using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Makes JSON out of JSON without touching the digits of a number.</summary>
public static class JsonLists
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A list of values.</summary>
    public static JsonElement Of(IEnumerable<JsonElement> items) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    /// <summary>A text as JSON.</summary>
    public static JsonElement Text(string text) => Write(writer => writer.WriteStringValue(text));

    /// <summary>Any value that somebody writes.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan, Deep);
    }
}
