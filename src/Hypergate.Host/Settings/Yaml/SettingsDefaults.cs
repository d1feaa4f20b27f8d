using System.Buffers;
using System.Text.Json;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Fills in the defaults that the schema states, because deserializers made by the source generator forget the initializers of
/// init-only properties.
/// </summary>
internal static class SettingsDefaults
{
    /// <summary>The value with every absent property that has a default. It must fit the schema.</summary>
    public static JsonElement Fill(JsonElement value, JsonElement schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value, schema);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, JsonElement schema)
    {
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            WriteProperties(writer, value, properties);
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var property in value.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                Write(writer, property.Value, each);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var ofItem))
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, item, ofItem);
            }

            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static void WriteProperties(Utf8JsonWriter writer, JsonElement value, JsonElement properties)
    {
        writer.WriteStartObject();
        foreach (var property in properties.EnumerateObject())
        {
            if (value.TryGetProperty(property.Name, out var given))
            {
                writer.WritePropertyName(property.Name);
                Write(writer, given, property.Value);
            }
            else if (property.Value.TryGetProperty("default", out var standard))
            {
                writer.WritePropertyName(property.Name);
                standard.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
