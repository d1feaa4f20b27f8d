using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>JSON in which the order of properties and the spelling of white space make no difference.</summary>
internal static class CanonicalJson
{
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in Ordered(value))
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
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static IEnumerable<JsonProperty> Ordered(JsonElement value) =>
        value.GetPropertyCount() < 2 ? value.EnumerateObject() : value.EnumerateObject().OrderBy(static property => property.Name, StringComparer.Ordinal);
}
