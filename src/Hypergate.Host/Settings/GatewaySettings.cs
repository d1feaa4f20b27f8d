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

    [Setting("The ways in which operations are shown as tools, several at once where wanted. domains: one tool for the reads and one for the actions "
        + "of each resource family. operations: one tool for each operation. search: three tools that find, describe and call any operation. "
        + "fleet: everyday tools, the same on every platform. query: tables over all objects. code: scripts.",
        MinItems = 1, Example = "[search]")]
    public IReadOnlyList<Surface> Surfaces { get; init; } = [Surface.Domains];

    [Setting("The only operations that the surface operations makes tools of, written as in deny of a backend. Others stay within reach of other surfaces.",
        DefaultText = "all", Example = "[GetVms, StartVm, /hosts/*]")]
    public IReadOnlyList<string>? OperationTools { get; init; }

    [Setting("How answers are written.")]
    public OutputSettings Output { get; init; } = new();

    [Setting("What asks for consent.")]
    public PolicySettings Policy { get; init; } = new();

    [Setting("The trail of every call.")]
    public AuditSettings Audit { get; init; } = new();

    [Setting("Where search_documentation reads; a mirror for networks without internet.")]
    public Uri DocumentationUrl { get; init; } = new("https://docs.xen-orchestra.com");
}
