using Hypergate.Simulator.XenOrchestra.Events;
using Hypergate.Simulator.XenOrchestra.Tasks;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>What the endpoints work with.</summary>
internal sealed record Engine
{
    public required DataCentre World { get; init; }

    public required SimulatorOptions Options { get; init; }

    public required TaskBoard Board { get; init; }

    public required ActionRun Actions { get; init; }

    public required EventHub Hub { get; init; }
}
