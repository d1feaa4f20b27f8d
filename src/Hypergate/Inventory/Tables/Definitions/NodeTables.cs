using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>Nodes (hosts), their networks and their tasks.</summary>
internal static class NodeTables
{
    public static TableDefinition Nodes { get; } = new("nodes", "one node (host)", 1, PricePer.Backend,
    [
        .. Place,
        new("name", Text, "Name") { Key = true, Also = ["node"] },
        new("id", Text, "Id on the platform"),
        new("status", Text, "State") { Values = ["online", "offline", "unknown", "maintenance"] },
        new("uptime", Duration, "Time since its start"),
        new("cpu_count", Int, "CPU threads or cores"),
        new("cpu_usage_percent", Percent, "CPU in use") { Also = ["CpuUsagePercentage"], Kinds = Pve },
        new("memory_total", Bytes, "Memory") { Also = ["AvailableMemoryBytes"] },
        new("memory_usage", Bytes, "Memory in use") { Also = ["UsedMemoryBytes"] },
        new("memory_usage_percent", Percent, "Memory in use") { Also = ["MemoryUsagePercentage"] },
        new("disk_total", Bytes, "Root file system") { Kinds = Pve },
        new("disk_usage", Bytes, "Root file system in use") { Kinds = Pve },
        new("disk_usage_percent", Percent, "Root file system in use") { Also = ["DiskUsagePercentage"], Kinds = Pve },
        new("guests_total", Int, "Guests on it, without templates"),
        new("guests_running", Int, "Guests on it that run"),
        new("version", Text, "Version of the platform on it"),
        new("address", Text, "IP address"),
        new("level", Text, "Subscription or licence"),
        new("ha_state", Text, "State in high availability") { Kinds = Pve },
        new("tags", List, "Tags") { Kinds = Xo },
        new("reboot_required", Bool, "Whether an update waits for a restart") { Kinds = Xo },
    ])
    {
        Defaults = ["backend", "name", "status", "cpu_usage_percent", "memory_usage_percent", "guests_running", "version"],
        Example = "SELECT version, COUNT(*) AS nodes FROM nodes GROUP BY version ORDER BY nodes DESC",
    };

    public static TableDefinition Networks { get; } = new("networks", "one network interface or network on one node", 1, PricePer.Node,
    [
        .. Place,
        new("name", Text, "Interface or network") { Key = true, Also = ["iface"] },
        new("node", Text, "Node; nothing for a network that reaches none") { Also = ["NodeName"] },
        new("type", Text, "bridge, bond, eth, vlan, OVS…, vnet; on Xen Orchestra bond, vlan, physical, internal"),
        new("active", Bool, "Whether it is up"),
        new("autostart", Bool, "Whether it comes up at start"),
        new("address", Text, "IP address, on Proxmox VE with its prefix length"),
        new("gateway", Text, "Gateway"),
        new("ports", List, "Interfaces below it"),
        new("vlan", Int, "VLAN tag"),
        new("mtu", Int, "MTU"),
        new("bridge", Text, "Bridge that guests are attached to"),
        new("comment", Text, "Comment"),
    ])
    {
        Defaults = ["backend", "node", "name", "type", "active", "address", "vlan", "mtu"],
        Example = "SELECT backend, node, name, mtu FROM networks WHERE type = 'bridge' AND active = false",
    };

    public static TableDefinition Tasks { get; } = new("tasks", "one recent task", 1, PricePer.Node,
    [
        .. Place,
        new("id", Text, "Id; the UPID on Proxmox VE") { Key = true, Also = ["upid"] },
        new("node", Text, "Node it runs on") { Also = ["NodeName"], Kinds = Pve },
        new("type", Text, "What it does, in the platform's word"),
        new("target", Text, "Object it works on") { Also = ["object"] },
        new("vmid", Int, "Number of the guest it works on") { Kinds = Pve },
        new("user", Text, "Who started it") { Also = ["UserName"] },
        new("token", Text, "Name of the API token it was started with") { Kinds = Pve },
        new("status", Text, "How it stands or ended") { Values = ["running", "ok", "warning", "error", "unknown"] },
        new("exit_status", Text, "What the platform says of its end"),
        new("progress_percent", Percent, "How far it is") { Kinds = Xo },
        new("started", Time, "Start") { Also = ["StartTime"] },
        new("ended", Time, "End; nothing while it runs") { Also = ["EndTime"] },
        new("duration", Duration, "From start to end, or until now"),
        new("name", Text, "Title") { Kinds = Xo },
    ])
    {
        Note = "At most 1,000 a node, newest first; bounds on started reach further back for less.",
        Defaults = ["backend", "node", "type", "target", "user", "status", "started", "duration"],
        Example = "SELECT user, COUNT(*) AS failed FROM tasks WHERE status = 'error' AND started >= now-24h GROUP BY user ORDER BY failed DESC",
    };
}
