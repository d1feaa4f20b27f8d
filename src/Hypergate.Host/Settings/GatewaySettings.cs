using Hypergate.Backends;
using Hypergate.Governance;
using Hypergate.Governance.Audit;
using Hypergate.Results;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>Everything that can be configured: the content of <c>hypergate.yaml</c>. Each folder owns its part.</summary>
internal sealed record GatewaySettings
{
    [Setting("The platforms that the gateway connects to.", MinItems = 1)]
    public required IReadOnlyList<BackendSettings> Backends { get; init; }

    [Setting("The ways in which operations are shown as tools. domains: one tool for the reads and one for the actions of each resource family.",
        MinItems = 1)]
    public IReadOnlyList<Surface> Surfaces { get; init; } = [Surface.Domains];

    [Setting("How answers are written.")]
    public OutputSettings Output { get; init; } = new();

    [Setting("What asks for consent.")]
    public PolicySettings Policy { get; init; } = new();

    [Setting("The trail of every call.")]
    public AuditSettings Audit { get; init; } = new();

    [Setting("The master switch. Off, nothing is answered: hypergate serve refuses every request, at once and until it is on again.")]
    public bool Enabled { get; init; } = true;

    [Setting("How hypergate serve listens.")]
    public HttpSettings Http { get; init; } = new();

    [Setting("Who callers are.")]
    public AuthenticationSettings Authentication { get; init; } = new();

    [Setting("Where search_documentation reads; a mirror for networks without internet.")]
    public Uri DocumentationUrl { get; init; } = new("https://docs.xen-orchestra.com");
}
