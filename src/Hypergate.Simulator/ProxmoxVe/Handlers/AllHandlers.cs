using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Every family of operations, a line each.</summary>
internal static class AllHandlers
{
    public static HandlerTable Table(Authentication authentication)
    {
        var table = new HandlerTable();
        new LoginHandlers(authentication).AddTo(table);
        UserHandlers.AddTo(table);
        TokenHandlers.AddTo(table);
        RightsHandlers.AddTo(table);
        ClusterHandlers.AddTo(table);
        ResourceHandlers.AddTo(table);
        OptionsHandlers.AddTo(table);
        TaskHandlers.AddTo(table);
        NodeHandlers.AddTo(table);
        NodeStatusHandlers.AddTo(table);
        MetricsHandlers.AddTo(table);
        GuestListHandlers.AddTo(table);
        ConfigHandlers.AddTo(table);
        PowerHandlers.AddTo(table);
        ContainerPowerHandlers.AddTo(table);
        SnapshotHandlers.AddTo(table);
        CreateHandlers.AddTo(table);
        CloneHandlers.AddTo(table);
        DestroyHandlers.AddTo(table);
        DiskHandlers.AddTo(table);
        MigrateHandlers.AddTo(table);
        AgentHandlers.AddTo(table);
        StorageHandlers.AddTo(table);
        ContentHandlers.AddTo(table);
        DownloadHandlers.AddTo(table);
        BackupHandlers.AddTo(table);
        BackupJobHandlers.AddTo(table);
        PoolHandlers.AddTo(table);
        HaHandlers.AddTo(table);
        ReplicationHandlers.AddTo(table);
        FirewallHandlers.AddTo(table);
        FixedHandlers.AddTo(table);
        DirectoryHandlers.AddTo(table);
        return table;
    }
}
