using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>What guests are made of.</summary>
internal static class HardwareTables
{
    public static TableDefinition Disks { get; } = new("disks", "one virtual disk or drive of a guest", 1, PricePer.Guest,
    [
        .. Place,
        .. GuestOfType,
        new("key", Text, "Slot: scsi0, rootfs, xvda …") { Key = true },
        new("volume", Text, "Volume or virtual disk image"),
        new("storage", Text, "Storage"),
        new("name", Text, "Name") { Kinds = Xo },
        new("size", Bytes, "Size") { Also = ["SizeBytes"] },
        new("usage", Bytes, "Space it takes") { Kinds = Xo },
        new("format", Text, "Format"),
        new("is_cdrom", Bool, "Whether it is a CD drive"),
        new("is_unused", Bool, "Whether no slot uses it") { Kinds = Pve },
        new("is_attached", Bool, "Whether it is plugged in") { Kinds = Xo },
        new("read_only", Bool, "Whether it cannot be written"),
        new("cache", Text, "Cache mode") { Kinds = Pve },
        new("discard", Bool, "Whether it gives freed space back") { Kinds = Pve },
        new("ssd", Bool, "Whether it shows itself as an SSD") { Kinds = Pve },
        new("iothread", Bool, "Whether it has a thread of its own") { Kinds = Pve },
        new("replicate", Bool, "Whether replication includes it") { Kinds = Pve },
        new("backup", Bool, "Whether backups include it") { Kinds = Pve },
        new("mount_point", Text, "Where a container mounts it") { Kinds = Pve },
    ])
    {
        Defaults = ["backend", "vmid", "guest_name", "key", "storage", "size", "format"],
        Example = "SELECT backend, storage, SUM(size) AS allocated FROM disks WHERE is_cdrom = false GROUP BY backend, storage ORDER BY allocated DESC",
    };

    public static TableDefinition Nics { get; } = new("nics", "one network interface of a guest", 1, PricePer.Guest,
    [
        .. Place,
        .. GuestOnNode,
        new("key", Text, "Slot: net0, 0 …") { Key = true },
        new("model", Text, "Model: virtio, e1000, veth …") { Kinds = Pve },
        new("mac", Text, "MAC address"),
        new("network", Text, "Bridge or network") { Also = ["bridge"] },
        new("vlan", Int, "VLAN tag"),
        new("firewall", Bool, "Whether the platform filters its traffic"),
        new("link_down", Bool, "Whether it is unplugged"),
        new("rate_mb", Float, "Limit, in MB a second"),
        new("addresses", List, "IP addresses, from inside the guest") { Also = ["ip"], ExtraPrice = 1 },
    ])
    {
        Defaults = ["backend", "vmid", "guest_name", "key", "network", "vlan", "mac"],
        Example = "SELECT guest_name, key, mac FROM nics WHERE network = 'vmbr0' AND vlan IS NULL",
    };

    public static TableDefinition GuestConfigs { get; } = new("guest_configs", "the configuration of one guest", 1, PricePer.Guest,
    [
        .. Place,
        .. GuestOfType,
        new("cores", Int, "Cores of each socket") { Also = ["NumberOfCores"] },
        new("sockets", Int, "Sockets") { Also = ["NumberOfSockets"] },
        new("cpu_type", Text, "CPU as the guest sees it") { Also = ["EmulatedCPUtype"], Kinds = Pve },
        new("arch", Text, "Architecture") { Also = ["ProcessorArchitecture"], Kinds = Pve },
        new("memory_max", Bytes, "Memory it may use"),
        new("balloon", Bytes, "Memory it keeps at least") { Also = ["BalloonRam"] },
        new("swap", Bytes, "Swap of a container") { Kinds = Pve },
        new("bios", Text, "Firmware") { Also = ["BiosType"] },
        new("machine", Text, "Machine type") { Kinds = Pve },
        new("os_type", Text, "Operating system") { Also = ["OperationSystemType", "OperatingSystemType"] },
        new("kvm", Bool, "Whether hardware virtualization is on") { Also = ["KvmHardwareVirtualizationEnable"], Kinds = Pve },
        new("acpi", Bool, "Whether ACPI is on") { Kinds = Pve },
        new("agent_enabled", Bool, "Whether a guest agent is expected, or was seen"),
        new("on_boot", Bool, "Whether it starts with its node") { Also = ["StartOnBootEnabled"] },
        new("startup_order", Int, "Its place in the order of starts") { Also = ["OrderStartUp"], Kinds = Pve },
        new("protection", Bool, "Whether it is kept from deletion") { Also = ["ConfigurationProtected"] },
        new("snapshot_parent", Text, "Snapshot that the present state goes on from") { Also = ["SnapshotParent"], Kinds = Pve },
        new("unprivileged", Bool, "Whether a container runs without root rights") { Kinds = Pve },
        new("created", Time, "Creation"),
        new("description", Text, "Description"),
    ])
    {
        Also = ["configs"],
        Note = "The names qemuConfigs and lxcConfigs mean this table where type is qemu or lxc.",
        Defaults = ["backend", "vmid", "guest_name", "type", "cores", "sockets", "memory_max", "os_type", "on_boot"],
        Example = "SELECT guest_name, os_type FROM guest_configs WHERE type = 'qemu' AND agent_enabled = false",
    };
}
