using Hypergate.Inventory.Proxmox;
using Hypergate.Inventory.XenOrchestra;

namespace Hypergate.Inventory;

/// <summary>Every kind of platform whose objects are in the tables, by the name of its backend kind.</summary>
internal static class InventoryPlatforms
{
    public static InventoryPlatform? Find(string kind) => kind switch
    {
        "xen-orchestra" => XenOrchestraInventory.Platform,
        "proxmox-ve" => ProxmoxInventory.Platform,
        _ => null,
    };
}
