using System.Text.Json.Serialization;
using Hypergate.Backends.Dadl;
using Hypergate.Backends.PxCloud;
using Hypergate.Backends.Rest;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>One platform connection as somebody configured it.</summary>
public sealed record BackendSettings
{
    [Setting("The name by which people, tools and logs call this connection. Unique, whatever the case.",
        Pattern = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$", Example = "xo-production")]
    public required string Name { get; init; }

    [Setting("What the platform is.", Values = ["xen-orchestra", "proxmox-ve", "rest", "dadl", "pxcloud"], Example = "xen-orchestra")]
    public required string Kind { get; init; }

    [Setting("The address of the platform: http or https, without user name and password. A path is kept, slashes at its end are not. "
        + "For Proxmox VE it may be a list: the nodes of one cluster, of which the next is asked when one is out of reach. "
        + "Needed everywhere but for dadl, where the file may give an address of its own.",
        DefaultText = "the address of the dadl file", Example = "https://xo.example.com")]
    public PlatformUrls Url
    {
        get => field ?? PlatformUrls.None;
        init;
    }

    [Setting("How the gateway proves who it is: a token (for Proxmox VE its id and secret), or a user name and a password. A token wins over the other two. May be left out for rest and dadl.")]
    public BackendSettingsAuth Auth { get; init; } = new();

    [Setting("Whose credential goes to the platform: shared sends that of auth for callers without one of their own, per-caller refuses them. The person at this machine always uses auth.",
        Values = ["shared", "per-caller"])]
    public string Credentials { get; init; } = "shared";

    [Setting("How the platform proves who it is. Without a pin or a CA file the system's certificate store decides.")]
    public BackendSettingsTls Tls { get; init; } = new();

    [JsonPropertyName("dangerously_skip_tls_verification")]
    [Setting("Accept any certificate. Anybody on the way can then read the credential and change the answers; a fingerprint is the better way.")]
    public bool DangerouslySkipTlsVerification { get; init; }

    [Setting("The proxy for this connection, http://[user:password@]host:port, or none for a direct connection.",
        DefaultText = "`HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` of the environment", Example = "http://proxy.example.com:3128")]
    public Secret? Proxy { get; init; }

    [Setting("How long the gateway waits.")]
    public BackendSettingsTimeouts Timeouts { get; init; } = new();

    [Setting("How much of the gateway's work the platform is given at a time, over all callers.")]
    public BackendSettingsLimits Limits { get; init; } = new();

    [Setting("Whether operations that change something are offered at all. They ask for consent before they run.")]
    public bool Actions { get; init; }

    /// <summary>Patterns as <see cref="OperationPattern"/> reads them.</summary>
    [Setting("Operations that are not offered: names as DeleteVm, domain.name as vms.DeleteVm, or patterns as *Pool or vms.*. "
        + "Wins over allow. A plain name hits every operation that the platform calls so.", Example = "[DeleteVm, HardShutdownVm]")]
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Null offers everything; an empty list offers nothing.</summary>
    [Setting("The only operations that are offered, written as in deny. An empty list offers none.",
        DefaultText = "all", Example = "[GetVms, GetVm, StartVm]")]
    public IReadOnlyList<string>? Allow { get; init; }

    [Setting("Whether operations that the platform calls deprecated are offered.")]
    public bool Deprecated { get; init; }

    /// <summary>Keys are patterns as <see cref="OperationPattern"/> reads them.</summary>
    [Setting("Classes of operations in place of the gateway's own, by name or pattern. An exact name wins over a pattern, and of patterns the longest.",
        Values = ["read", "write", "admin", "dangerous"], Example = "{ CleanShutdownVm: dangerous, \"vms.Put*Tag\": write }")]
    public IReadOnlyDictionary<string, string> AccessOverrides { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("Which operations that the platform describes as new, or otherwise than before, are offered before a person has accepted them (hypergate backend changes, then accept): "
        + "none, reads (those that only look, and never did more), or all.",
        Values = ["none", "reads", "all"], DefaultText = "`none` for rest with a document of an address, else `all`")]
    public string? AcceptChanges { get; init; }

    [Setting("Only for rest, and needed there: the API and how it is described.")]
    public RestSettings? Rest { get; init; }

    [JsonPropertyName("pxcloud")]
    [Setting("Only for pxcloud: what of it is offered.")]
    public PxCloudSettings? PxCloud { get; init; }

    [Setting("Only for dadl, and needed there: the file that describes the API, and what it does not say.")]
    public DadlSettings? Dadl { get; init; }
}
