using System.Text.Json.Serialization;

namespace Hypergate.Host.Credentials;

/// <summary>The content of <c>secrets.json</c>.</summary>
/// <param name="Salt">For keys that are made of a passphrase, in base64.</param>
/// <param name="Entries">By name: nonce, encrypted value and tag in base64.</param>
internal sealed record SecretDocument(string Salt, IReadOnlyDictionary<string, string> Entries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SecretDocument))]
internal sealed partial class SecretJson : JsonSerializerContext;
