using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Whether a machine's agent can be asked.</summary>
internal static class GuestAgents
{
    public static bool IsConfigured(Guest guest) =>
        guest.Config["agent"] is { } agent
        && PropertyStrings.Parse(RouteTable.Shared.Formats["agent"], agent).GetValueOrDefault("enabled") == "1";
}
