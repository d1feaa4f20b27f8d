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
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true); // It was looked at when its message was read.
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
