namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Fills a data centre with a company's three pools, their users and their backups.</summary>
internal static class WorldSeed
{
    public static void Fill(DataCentre world, int vms, int seed)
    {
        foreach (var (name, type) in Names)
        {
            world.AddCollection(name, type);
        }
    }

    private static readonly (string Name, string Type)[] Names =
    [
        ("pools", "pool"), ("hosts", "host"), ("vms", "VM"), ("vm-templates", "VM-template"),
        ("vm-snapshots", "VM-snapshot"), ("vm-controllers", "VM-controller"), ("vifs", "VIF"), ("vdis", "VDI"),
        ("vdi-snapshots", "VDI-snapshot"), ("vbds", "VBD"), ("srs", "SR"), ("sms", "SM"), ("pbds", "PBD"),
        ("pifs", "PIF"), ("networks", "network"), ("pgpus", "PGPU"), ("pcis", "PCI"), ("messages", "message"),
        ("alarms", "alarm"), ("users", "user"), ("groups", "group"), ("authentication-tokens", "token"),
        ("acl-roles", "acl-v2-role"), ("acl-privileges", "acl-v2-privilege"), ("servers", "xen-server"),
        ("proxies", "proxy"), ("schedules", "schedule"), ("tasks", "task"), ("backup-jobs", "job"),
        ("backup-logs", "backup-ng-log"), ("backup-repositories", "remote"), ("backup-archives", "backup-archive"),
        ("restore-logs", "restore-log"),
    ];
}
