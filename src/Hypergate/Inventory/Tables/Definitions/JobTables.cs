using static Hypergate.Inventory.Tables.ColumnType;
using static Hypergate.Inventory.Tables.Definitions.Common;

namespace Hypergate.Inventory.Tables.Definitions;

/// <summary>What the platforms do by themselves, again and again.</summary>
internal static class JobTables
{
    public static TableDefinition Replications { get; } = new("replications", "one replication of a guest to another node", 1, PricePer.Node,
    [
        .. Place,
        new("id", Text, "Id: 100-0") { Key = true, Kinds = Pve },
        new("vmid", Int, "Number of the guest") { Also = ["Guest"], Kinds = Pve },
        new("guest_name", Text, "Name of the guest") { Kinds = Pve },
        new("job_number", Int, "Number among the guest's replications") { Also = ["JobNum"], Kinds = Pve },
        new("source", Text, "Node it comes from") { Also = ["NodeNameSource"], Kinds = Pve },
        new("target", Text, "Node it goes to") { Also = ["NodeNameTarget"], Kinds = Pve },
        new("schedule", Text, "When it runs") { Kinds = Pve },
        new("type", Text, "Kind") { Kinds = Pve },
        new("disabled", Bool, "Whether it is off") { Kinds = Pve },
        new("rate_mb", Float, "Limit, in MB a second") { Also = ["RateLimit", "Rate"], Kinds = Pve },
        new("fail_count", Int, "Failures since the last success") { Kinds = Pve },
        new("last_sync", Time, "Last success") { Kinds = Pve },
        new("last_try", Time, "Last try") { Kinds = Pve },
        new("next_sync", Time, "Next try") { Kinds = Pve },
        new("duration", Duration, "How long the last one took") { Kinds = Pve },
        new("error", Text, "Why the last try failed") { Also = ["StatusMessage"], Kinds = Pve },
        new("comment", Text, "Comment") { Kinds = Pve },
        new("is_ok", Bool, "Whether the last try succeeded") { Kinds = Pve },
    ])
    {
        Note = "Proxmox VE only; other platforms have no rows here.",
        Defaults = ["backend", "id", "vmid", "source", "target", "last_sync", "fail_count", "error"],
        Example = "SELECT id, guest_name, target, last_sync, error FROM replications WHERE is_ok = false",
    };

    public static TableDefinition BackupJobs { get; } = new("backup_jobs", "one planned backup job; on Xen Orchestra one of its schedules", 5, PricePer.Backend,
    [
        .. Place,
        new("id", Text, "Id") { Key = true },
        new("enabled", Bool, "Whether it is on"),
        new("schedule", Text, "When it runs"),
        new("storage", Text, "Where the backups go"),
        new("mode", Text, "snapshot, suspend, stop; full or delta on Xen Orchestra"),
        new("scope", Text, "How guests are chosen") { Values = ["all", "pool", "ids", "exclude"] },
        new("guests", List, "Guests it covers"),
        new("node", Text, "The only node it covers") { Also = ["NodeName"], Kinds = Pve },
        new("compress", Text, "Compression"),
        new("retention", Text, "What is kept"),
        new("comment", Text, "Comment or name") { Also = ["name"] },
        new("next_run", Time, "Next run"),
        new("last_status", Text, "How the last run ended"),
    ])
    {
        Defaults = ["backend", "id", "enabled", "schedule", "storage", "mode", "scope", "next_run", "last_status"],
        Example = "SELECT backend, id, schedule, last_status FROM backup_jobs WHERE enabled = true AND last_status != 'ok'",
    };
}
