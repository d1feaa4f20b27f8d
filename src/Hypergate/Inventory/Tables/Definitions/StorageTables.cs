using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>Storages and what lies on them.</summary>
internal static class StorageTables
{
    public static TableDefinition Storages { get; } = new("storages", "one storage on one node (Proxmox VE), or one storage repository", 1, PricePer.Backend,
    [
        .. Place,
        new("name", Text, "Name") { Key = true, Also = ["storage"] },
        new("id", Text, "Id on the platform") { Key = true },
        new("node", Text, "Node; nothing for a shared storage repository") { Also = ["NodeName"] },
        new("type", Text, "Kind: dir, lvmthin, zfspool, nfs, rbd, pbs …, ext, lvmoiscsi …"),
        new("content", List, "What may lie on it: images, rootdir, iso, vztmpl, backup, snippets …"),
        new("status", Text, "State") { Values = ["available", "degraded", "unknown"] },
        new("is_shared", Bool, "Whether several nodes share it") { Also = ["shared"] },
        new("total", Bytes, "Size") { Also = ["AvailableBytes"] },
        new("usage", Bytes, "In use") { Also = ["UsedBytes", "used"] },
        new("available", Bytes, "Free"),
        new("allocated", Bytes, "Promised to disks") { Kinds = Xo },
        new("usage_percent", Percent, "In use") { Also = ["UsagePercentage"] },
        new("counted", Bool, "True on exactly one row of each storage"),
        new("tags", List, "Tags") { Kinds = Xo },
    ])
    {
        Note = "A shared storage has a row for each node: sum and count with WHERE counted = true.",
        Defaults = ["backend", "name", "node", "type", "status", "total", "usage", "usage_percent"],
        Example = "SELECT backend, name, usage_percent FROM storages WHERE counted = true AND usage_percent > 80 ORDER BY usage_percent DESC",
    };

    public static TableDefinition Backups { get; } = new("backups", "one backup of a guest", 1, PricePer.Storage,
    [
        .. Place,
        new("volid", Text, "Id of the backup") { Key = true, Also = ["FileName", "id"] },
        .. Guest,
        new("guest_exists", Bool, "Whether the guest is still there"),
        new("storage", Text, "Storage or backup repository") { Also = ["StorageName"] },
        new("node", Text, "Node it was read from") { Also = ["NodeName"], Kinds = Pve },
        new("created", Time, "When it was made") { Also = ["CreationDate"] },
        new("age", Duration, "Time since then"),
        new("size", Bytes, "Size") { Also = ["SizeBytes"] },
        new("format", Text, "Format; full or delta on Xen Orchestra"),
        new("notes", Text, "First line of its notes") { Kinds = Pve },
        new("is_protected", Bool, "Whether it is kept from deletion") { Also = ["BackupProtected", "protected"] },
        new("encrypted", Bool, "Whether it is encrypted") { Also = ["BackupEncrypted"], Kinds = Pve },
        new("verified", Bool, "Whether it was verified well; nothing where never") { Also = ["BackupVerified"], Kinds = Pve },
        new("verify_state", Text, "What the verification found") { Kinds = Pve },
        new("includes_memory", Bool, "Whether it holds the guest's memory") { Kinds = Xo },
        new("job_id", Text, "Backup job it comes from") { Kinds = Xo },
    ])
    {
        Defaults = ["backend", "vmid", "guest_name", "storage", "created", "size", "verified", "is_protected"],
        Example = "SELECT guest_name, MAX(created) AS last FROM backups GROUP BY guest_name ORDER BY last",
    };

    public static TableDefinition Contents { get; } = new("contents", "one thing on a storage: disk image, ISO, template, backup, snippet", 1, PricePer.Storage,
    [
        .. Place,
        new("volid", Text, "Id of it") { Key = true, Also = ["FileName", "id"] },
        new("storage", Text, "Storage") { Also = ["StorageName"] },
        new("node", Text, "Node it was read from") { Also = ["NodeName"], Kinds = Pve },
        new("content", Text, "What it is") { Values = ["images", "rootdir", "iso", "vztmpl", "backup", "snippets", "import"] },
        new("format", Text, "Format"),
        new("size", Bytes, "Size") { Also = ["SizeBytes"] },
        new("used", Bytes, "Space it takes"),
        new("vmid", Int, "Number of its guest") { Kinds = Pve },
        new("created", Time, "Creation") { Also = ["CreationDate"] },
        new("name", Text, "Name"),
        new("parent", Text, "What it is a copy of"),
        new("notes", Text, "First line of its notes") { Also = ["ContentDescription"], Kinds = Pve },
        new("is_protected", Bool, "Whether it is kept from deletion") { Also = ["protected"], Kinds = Pve },
    ])
    {
        Defaults = ["backend", "storage", "volid", "content", "format", "size", "created"],
        Example = "SELECT volid, size, created FROM contents WHERE content = 'iso' AND created < now-180d ORDER BY created",
    };
}
