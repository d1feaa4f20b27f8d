using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>Guests (virtual machines and containers) and their snapshots.</summary>
internal static class GuestTables
{
    public static TableDefinition Guests { get; } = new("guests", "one virtual machine or container, templates included", 1, PricePer.Backend,
    [
        .. Place,
        new("vmid", Int, "Number") { Kinds = Pve },
        new("id", Text, "Id on the platform: qemu/100, or a UUID") { Key = true },
        new("name", Text, "Name"),
        new("node", Text, "Node it is on") { Also = ["NodeName"] },
        new("pool", Text, "Resource pool or set") { Also = ["PoolName"] },
        new("status", Text, "State") { Values = ["running", "stopped", "paused", "suspended", "unknown", "other"] },
        new("status_raw", Text, "State in the platform's word"),
        GuestType,
        new("is_template", Bool, "Whether it is a template") { Also = ["template"] },
        new("tags", List, "Tags"),
        new("lock", Text, "What locks it: backup, migrate, an operation …") { Also = ["LockedForAction"] },
        new("is_locked", Bool, "Whether something locks it"),
        new("uptime", Duration, "Time since its start; nothing when stopped"),
        new("cpu_count", Int, "Virtual CPUs"),
        new("cpu_usage_percent", Percent, "CPU in use, of its virtual CPUs") { Also = ["CpuUsagePercentage"], Kinds = Pve },
        new("memory_max", Bytes, "Memory it may use") { Also = ["AvailableMemoryBytes"] },
        new("memory_usage", Bytes, "Memory in use, as the guest sees it") { Also = ["UsedMemoryBytes"], Kinds = Pve },
        new("memory_host", Bytes, "Memory it takes on its node"),
        new("memory_usage_percent", Percent, "memory_usage of memory_max") { Also = ["MemoryUsagePercentage"], Kinds = Pve },
        new("node_memory_percent", Percent, "Its share of the node's memory") { Also = ["MemoryUsagePercentageByGuestOnNode"] },
        new("disk_max", Bytes, "Disk size; on Proxmox VE of the first disk") { Also = ["AvailableDiskBytes"] },
        new("disk_usage", Bytes, "Disk in use; on Proxmox VE of containers only") { Also = ["UsedDiskBytes"] },
        new("disk_usage_percent", Percent, "disk_usage of disk_max") { Also = ["DiskUsagePercentage"] },
        new("network_in", Bytes, "Received since its start") { Also = ["NetworkTrafficInByte"], Kinds = Pve },
        new("network_out", Bytes, "Sent since its start") { Also = ["NetworkTrafficOutByte"], Kinds = Pve },
        new("disk_read", Bytes, "Read since its start") { Also = ["DiskReadBytes"], Kinds = Pve },
        new("disk_write", Bytes, "Written since its start") { Also = ["DiskWriteBytes"], Kinds = Pve },
        new("ha_state", Text, "State in high availability"),
        new("os", Text, "Operating system; for Proxmox VE see guest_configs.os_type") { Kinds = Xo },
        new("ip", Text, "Main IP address; for Proxmox VE see nics.addresses") { Kinds = Xo },
        new("description", Text, "Description; for Proxmox VE see guest_configs") { Kinds = Xo },
        new("created", Time, "Creation; for Proxmox VE see guest_configs") { Kinds = Xo },
    ])
    {
        Also = ["vms", "virtual_machines"],
        Defaults = ["backend", "vmid", "name", "node", "status", "type", "cpu_usage_percent", "memory_usage", "memory_max"],
        Example = "SELECT name, node, memory_usage FROM guests WHERE status = 'running' ORDER BY memory_usage DESC LIMIT 5",
    };

    public static TableDefinition Snapshots { get; } = new("snapshots", "one snapshot of a guest", 1, PricePer.Guest,
    [
        .. Place,
        .. GuestOfType,
        new("name", Text, "Name of the snapshot"),
        new("id", Text, "Id on the platform: qemu/100/NAME, or a UUID") { Key = true },
        new("description", Text, "Description"),
        new("parent", Text, "Name of the snapshot before it"),
        new("is_current_parent", Bool, "Whether the guest's present state goes on from it") { Kinds = Pve },
        new("includes_memory", Bool, "Whether it holds the guest's memory") { Also = ["IncludeMemory"] },
        new("created", Time, "Creation") { Also = ["Timestamp", "date"] },
        new("age", Duration, "Time since its creation"),
        new("size", Bytes, "Space it takes") { Kinds = Xo },
    ])
    {
        Defaults = ["backend", "vmid", "guest_name", "name", "created", "age", "includes_memory"],
        Example = "SELECT backend, guest_name, name, created FROM snapshots WHERE created < now-30d ORDER BY created",
    };
}
