using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Tools;

/// <summary>Writes the JSON Schemas of tools, without a byte that says nothing.</summary>
internal static class ToolSchema
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object schema that takes nothing but its properties.</summary>
    /// <param name="properties">Writes the properties.</param>
    /// <param name="required">Names of those that must be there.</param>
    public static JsonElement Closed(Action<Utf8JsonWriter> properties, params IReadOnlyList<string> required) =>
        Write(writer =>
        {
            WriteOpen(writer, properties, required);
            writer.WriteBoolean("additionalProperties", false);
        });

    /// <summary>The same without saying that nothing else is taken, which every tool checks anyway: it is said forty times otherwise.</summary>
    public static JsonElement Open(Action<Utf8JsonWriter> properties, params IReadOnlyList<string> required) =>
        Write(writer => WriteOpen(writer, properties, required));

    /// <summary>A property of a type, with a description where one is given.</summary>
    public static void Property(Utf8JsonWriter writer, string name, string type, string? description = null)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", type);
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        writer.WriteEndObject();
    }

    /// <summary>A property that takes one of some words.</summary>
    public static void Choice(Utf8JsonWriter writer, string name, IEnumerable<string> values, string? description = null)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("enum");
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
        if (description is not null)
        {
            writer.WriteString("description", description);
        }

        writer.WriteEndObject();
    }

    /// <summary>The root object of anything.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The words of an open object schema.</summary>
    public static void WriteOpen(Utf8JsonWriter writer, Action<Utf8JsonWriter> properties, IReadOnlyList<string> required)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        properties(writer);
        writer.WriteEndObject();
        if (required.Count > 0)
        {
            writer.WriteStartArray("required");
            foreach (var name in required)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }
    }
}
