using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Host.Settings;

/// <summary>Reads secrets from settings; writes them as <c>***</c>.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
