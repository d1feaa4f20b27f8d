using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>One entry of <c>backends</c> in the settings.</summary>
public sealed record BackendSettings
{
    [Description("What callers and the audit call it; unique.")]
    public required string Name { get; init; }

    [Description("The kind of platform: xen-orchestra.")]
    [AllowedValues("xen-orchestra")]
    public required string Kind { get; init; }

    [Description("Its address, http or https, without user and password.")]
    public required string Url { get; init; }

    [Description("What convinces the platform: a token, or a user and a password.")]
    public required BackendAuth Auth { get; init; }

    [Description("How the platform proves that it is itself.")]
    public BackendTls Tls { get; init; } = new();

    [Description("The proxy for this backend: an address, or 'none'. Without it HTTP_PROXY, HTTPS_PROXY and NO_PROXY count.")]
    public string? Proxy { get; init; }

    [Description("Time limits.")]
    public BackendTimeouts Timeouts { get; init; } = new();

    [Description("Whether operations that change something exist. Default: read only.")]
    public bool Actions { get; init; }

    [Description("Operations that do not exist: names, domain.name, paths; * stands for any text. Wins over allow.")]
    public IReadOnlyList<string> Deny { get; init; } = [];

    [Description("Where it is not empty, nothing else exists. An exact name also switches on what the platform marks as denied.")]
    public IReadOnlyList<string> Allow { get; init; } = [];

    [Description("Whether operations are shown that the platform means to remove.")]
    public bool Deprecated { get; init; }
}

/// <summary><c>auth</c> of a backend.</summary>
public sealed record BackendAuth
{
    [Description("A token; wins over user and password.")]
    public Secret? Token { get; init; }

    [Description("The user's name.")]
    public string? Username { get; init; }

    [Description("The user's password.")]
    public Secret? Password { get; init; }
}

/// <summary><c>tls</c> of a backend.</summary>
public sealed record BackendTls
{
    [Description("Verification is always on; this says so. To switch it off: dangerously_skip_tls_verification.")]
    public bool Verify { get; init; } = true;

    [Description("A PEM file with the roots that are trusted instead of the system's.")]
    public string? Ca { get; init; }

    [Description("SHA-256 of the only certificate that is accepted: AB:CD:…")]
    public string? Fingerprint { get; init; }

    [Description("Accepts any certificate. Anybody on the way can then read the credential.")]
    [JsonPropertyName("dangerously_skip_tls_verification")]
    public bool DangerouslySkipVerification { get; init; }
}

/// <summary><c>timeouts</c> of a backend, in seconds.</summary>
public sealed record BackendTimeouts
{
    [Description("Seconds for one request with all its tries, 1 to 3600.")]
    [Range(1, 3600)]
    public int RequestSeconds { get; init; } = 30;

    [Description("Seconds for status and description at the start, 1 to 600.")]
    [Range(1, 600)]
    public int StartSeconds { get; init; } = 10;

    [Description("Seconds to follow a task before the answer says that it still runs, 1 to 86400.")]
    [Range(1, 86400)]
    public int TaskSeconds { get; init; } = 600;

    [Description("Other seconds for single operations, by name.")]
    public IReadOnlyDictionary<string, int> Operations { get; init; } = new Dictionary<string, int>();
}
