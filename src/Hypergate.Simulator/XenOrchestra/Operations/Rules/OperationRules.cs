using System.Collections.Frozen;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What every operation does that is more than a plain read, by method and path template.</summary>
internal static class OperationRules
{
    public static IReadOnlyDictionary<string, OperationRule> All { get; } = new[]
    {
        PowerRules.All, SnapshotRules.All, VmRules.All, MigrateRules.All, DiskRules.All, DeviceRules.All, StorageRules.All,
        NetworkRules.All, HostRules.All, PoolRules.All, ServerRules.All, UserRules.All, RoleRules.All, BackupRules.All,
        StatisticsRules.All, DashboardRules.All,
    }.SelectMany(family => family).ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);
}
