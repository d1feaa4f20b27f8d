using static Hypergate.Inventory.Tables.ColumnType;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>What several tables have in common.</summary>
internal static class Common
{
    /// <summary>For columns that only Proxmox VE fills.</summary>
    public static IReadOnlyList<string> Pve { get; } = ["proxmox-ve"];

    /// <summary>For columns that only Xen Orchestra fills.</summary>
    public static IReadOnlyList<string> Xo { get; } = ["xen-orchestra"];

    /// <summary>The first two columns of every table.</summary>
    public static IReadOnlyList<ColumnDefinition> Place { get; } =
    [
        new("backend", Text, "Configured name of the connection") { Key = true },
        new("cluster", Text, "Cluster or pool name; the node's name where it stands alone"),
    ];

    /// <summary>How a row of something else names its guest.</summary>
    public static IReadOnlyList<ColumnDefinition> Guest { get; } =
    [
        new("vmid", Int, "Number of the guest") { Kinds = Pve },
        new("guest_id", Text, "Id of the guest, as in guests.id"),
        new("guest_name", Text, "Name of the guest"),
    ];

    /// <summary>How a row of what belongs to a guest names it, and where the guest is.</summary>
    public static IReadOnlyList<ColumnDefinition> GuestOnNode { get; } =
    [
        Guest[0],
        Guest[1] with { Key = true },
        Guest[2],
        new("node", Text, "Node of the guest") { Also = ["NodeName"] },
    ];

    /// <summary>The same, with what the guest is.</summary>
    public static IReadOnlyList<ColumnDefinition> GuestOfType { get; } = [.. GuestOnNode, GuestType];

    public static ColumnDefinition GuestType =>
        new("type", Text, "Kind of guest: virtual machine (qemu, vm) or container (lxc)") { Values = ["qemu", "lxc", "vm"], Also = ["VirtualizationType"] };
}
