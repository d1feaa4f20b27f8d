using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings;

/// <summary>Settings from JSON; unknown members are an error, which the schema reports with its line before.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GatewaySettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
