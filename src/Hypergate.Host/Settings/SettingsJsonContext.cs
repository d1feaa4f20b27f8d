using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SecretConverter)])]
[JsonSerializable(typeof(GatewaySettings))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
