using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Old paths, and the part of which collection stands behind them.</summary>
internal static class DeprecatedPaths
{
    /// <param name="operation">A list, or a single object.</param>
    /// <returns>The collection, and the type of the objects that belong here; null: all.</returns>
    public static (string Collection, string? Type) PartOf(Operation operation) => operation.Segments switch
    {
        ["backup", "jobs", "vm", ..] => ("backup-jobs", "backup"),
        ["backup", "jobs", "metadata", ..] => ("backup-jobs", "metadataBackup"),
        ["backup", "jobs", "mirror", ..] => ("backup-jobs", "mirrorBackup"),
        ["backup", "logs", ..] => ("backup-logs", null),
        ["restore", "logs", ..] => ("restore-logs", null),
        [var collection, ..] => (collection, null),
        [] => ("", null),
    };

    /// <summary>Where an old path sends its callers with status 308, or null. Two of them are caught by another route and lead nowhere.</summary>
    public static string? TargetOf(XoRequest request) => request.Operation.Id switch
    {
        "GET /backup/jobs/metadata" => Addresses.Root + "/backup/jobs/vm/metadata",
        "GET /backup/jobs/mirror" => Addresses.Root + "/backup/jobs/vm/mirror",
        "GET /backup/logs/{id}" => Addresses.Of("backup-logs", request.Id),
        "GET /restore/logs/{id}" => Addresses.Of("restore-logs", request.Id),
        _ => null,
    };
}
