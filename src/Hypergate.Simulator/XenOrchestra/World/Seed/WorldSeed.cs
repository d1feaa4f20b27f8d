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

        var run = new SeedRun(world, seed);
        PoolSeed.Add(run);
        for (var index = 0; index < run.Pools.Count; index++)
        {
            var pool = run.Pools[index];
            TemplateSeed.Add(run, pool);
            VmSeed.Add(run, pool, VmMix.Create(run, Shares[index], CountFor(index, vms), wellKnown: index == 0));
            MessageSeed.Add(run, pool);
        }

        IdentitySeed.Add(run);
        BackupSeed.Add(run);
    }

    /// <summary>Six, three and one tenth of all VMs; production takes what rounding leaves over.</summary>
    private static int CountFor(int pool, int vms) => pool switch
    {
        0 => vms - (vms * 3 / 10) - (vms / 10),
        1 => vms * 3 / 10,
        _ => vms / 10,
    };

    /// <summary>Of each pool's VMs: running, halted, paused, suspended.</summary>
    private static readonly int[][] Shares = [[72, 39, 3, 6], [35, 22, 0, 3], [11, 6, 2, 1]];

    private static readonly (string Name, string Type)[] Names =
    [
        ("pools", "pool"), ("hosts", "host"), ("vms", "VM"), ("vm-templates", "VM-template"),
        ("vm-snapshots", "VM-snapshot"), ("vm-controllers", "VM-controller"), ("vifs", "VIF"), ("vdis", "VDI"),
        ("vdi-snapshots", "VDI-snapshot"), ("vbds", "VBD"), ("srs", "SR"), ("sms", "SM"), ("pbds", "PBD"),
        ("pifs", "PIF"), ("networks", "network"), ("pgpus", "PGPU"), ("pcis", "PCI"), ("messages", "message"),
        ("alarms", "alarm"), ("users", "user"), ("groups", "group"), ("authentication-tokens", "token"),
        ("acl-roles", "acl-v2-role"), ("acl-privileges", "acl-v2-privilege"), ("servers", "xenServer"),
        ("proxies", "proxy"), ("schedules", "schedule"), ("tasks", "task"), ("backup-jobs", "job"),
        ("backup-logs", "backup-ng-log"), ("backup-repositories", "remote"), ("backup-archives", "backup-archive"),
        ("restore-logs", "restore-log"),
    ];
}
