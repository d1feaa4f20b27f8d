using System.Text.Json.Serialization;
using Hypergate.Host.Credentials;

namespace Hypergate.Host.Settings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SecretConverter)])]
[JsonSerializable(typeof(GatewaySettings))]
[JsonSerializable(typeof(CredentialSettings))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
