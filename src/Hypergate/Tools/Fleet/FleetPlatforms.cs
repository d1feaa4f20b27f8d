using Hypergate.Tools.Fleet.Proxmox;
using Hypergate.Tools.Fleet.XenOrchestra;

namespace Hypergate.Tools.Fleet;

/// <summary>Every kind of platform that the fleet tools know, by the name of its backend kind.</summary>
internal static class FleetPlatforms
{
    public static FleetPlatform? Find(string kind) => kind switch
    {
        "xen-orchestra" => XenOrchestraFleet.Platform,
        "proxmox-ve" => ProxmoxFleet.Platform,
        _ => null,
    };
}
