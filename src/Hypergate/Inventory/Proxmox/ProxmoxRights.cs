using System.Text.Json;

namespace Hypergate.Inventory.Proxmox;

/// <summary>What the connection may do: a list that is empty for want of a right says nothing of it by itself.</summary>
internal static class ProxmoxRights
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    // Table, the privilege without which its rows are invisible, and the path on which it is granted.
    private static readonly (string Table, string Privilege, string Path)[] Needed =
    [
        ("guests", "VM.Audit", "/vms"), ("snapshots", "VM.Audit", "/vms"), ("disks", "VM.Audit", "/vms"), ("nics", "VM.Audit", "/vms"),
        ("guest_configs", "VM.Audit", "/vms"), ("replications", "VM.Audit", "/vms"), ("storages", "Datastore.Audit", "/storage"),
        ("contents", "Datastore.Audit", "/storage"), ("backups", "VM.Backup", "/vms"), ("backups", "Datastore.AllocateSpace", "/storage"),
        ("tasks", "Sys.Audit", "/nodes"), ("pools", "Pool.Audit", "/pool"), ("backup_jobs", "Sys.Audit", "/"),
        ("networks", "Sys.Audit", "/nodes"),
    ];

    /// <summary>The permissions of the connection, by path; undefined where they cannot be read.</summary>
    public static Task<JsonElement> PermissionsAsync(PlatformReads reads, CancellationToken cancellationToken) =>
        reads.TryGetAsync("/access/permissions", [], cancellationToken, Life);

    /// <summary>Why a table without rows may only look empty.</summary>
    public static async Task<string?> WhyEmptyAsync(string table, PlatformReads reads, CancellationToken cancellationToken)
    {
        var permissions = await PermissionsAsync(reads, cancellationToken);
        if (permissions.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (permissions.GetPropertyCount() == 0)
        {
            return "this connection has no rights at all: its token is privilege-separated and has no ACL of its own, or its user has none. Everything looks empty to it.";
        }

        var missing = Missing(table, permissions);
        return missing.Count == 0
            ? null
            : $"this connection has no {string.Join(" and no ", missing.Select(static need => $"{need.Privilege} on any path below {need.Path}"))}: there may be {table} that it cannot see.";
    }

    /// <summary>Whether a privilege is held anywhere at or below a path, or on a path above it.</summary>
    public static bool Holds(JsonElement permissions, string privilege, string path) =>
        permissions.ValueKind == JsonValueKind.Object
        && permissions.EnumerateObject().Any(entry => IsOnTheWay(entry.Name, path) && entry.Value.Flag(privilege) is not null);

    private static List<(string Table, string Privilege, string Path)> Missing(string table, JsonElement permissions) =>
        [.. Needed.Where(need => need.Table == table && !Holds(permissions, need.Privilege, need.Path))];

    private static bool IsOnTheWay(string granted, string path) =>
        granted == "/" || path == "/" || granted == path || granted.StartsWith($"{path}/", StringComparison.Ordinal) || path.StartsWith($"{granted}/", StringComparison.Ordinal);
}
