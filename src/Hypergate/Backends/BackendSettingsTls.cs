using System.Text.Json.Serialization;
using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>How a platform proves that it is itself. The first that is set decides: fingerprint, CA file, system store.</summary>
public sealed record BackendSettingsTls
{
    [Setting("Whether the certificate is verified. To switch that off, set dangerously_skip_tls_verification of the backend as well.")]
    public bool Verify { get; init; } = true;

    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("A PEM file with the certificates that are trusted instead of the system's. A relative path starts at the settings file.",
        Example = "/etc/ssl/corp.pem")]
    public string? Ca { get; init; }

    [Setting("The SHA-256 fingerprint of the platform's own certificate; that one and no other is then accepted.",
        Pattern = "^([0-9A-Fa-f]{2}[: ]?){31}[0-9A-Fa-f]{2}$", Example = "AB:CD:…")]
    public string? Fingerprint { get; init; }

    /// <summary>A PEM file trusted beside the system's store: <c>NODE_EXTRA_CA_CERTS</c>. Unreadable, it is left out.</summary>
    [JsonIgnore]
    public string? ExtraCa { get; init; }
}
