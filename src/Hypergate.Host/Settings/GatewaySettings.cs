using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hypergate.Backends;
using Hypergate.Governance;
using Hypergate.Governance.Audit;
using Hypergate.Results;

namespace Hypergate.Host.Settings;

/// <summary>All settings of one gateway.</summary>
internal sealed record GatewaySettings
{
    [Description("The platforms.")]
    [MinLength(1)]
    public required IReadOnlyList<BackendSettings> Backends { get; init; }

    [Description("How operations become tools: domains.")]
    [AllowedValues("domains")]
    public IReadOnlyList<string> Surfaces { get; init; } = ["domains"];

    [Description("How answers look.")]
    public OutputSettings Output { get; init; } = new();

    [Description("Which changes need a person's consent.")]
    public PolicySettings Policy { get; init; } = new();

    [Description("The record of all calls.")]
    public AuditSettings Audit { get; init; } = new();

    [Description("Where search_documentation reads; a mirror for networks without internet.")]
    public string DocumentationUrl { get; init; } = "https://docs.xen-orchestra.com";
}
