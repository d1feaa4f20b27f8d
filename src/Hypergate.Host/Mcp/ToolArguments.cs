using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hypergate.Host.Mcp;

/// <summary>The arguments of a tool call as one JSON object.</summary>
internal static class ToolArguments
{
    public static JsonElement ToElement(IDictionary<string, JsonElement>? arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true); // As it came: a text that is no Unicode is the tool's to refuse, in words.
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
