using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>get_permissions</c>: identity, rights by path, and the tools that lack a right.</summary>
internal static class ProxmoxPermissions
{
    private static readonly (string Tools, string Privilege, string Path)[] Needed =
    [
        ("list_vms, list_snapshots, get_vm_config, list_vm_rrd_data", "VM.Audit", "/vms"),
        ("list_guest_networks, get_guest_info", "VM.GuestAgent.Audit", "/vms"),
        ("change_vm_state", "VM.PowerMgmt", "/vms"),
        ("create_vm_snapshot, delete_vm_snapshot", "VM.Snapshot", "/vms"),
        ("rollback_vm_snapshot", "VM.Snapshot.Rollback", "/vms"),
        ("migrate_vm", "VM.Migrate", "/vms"),
        ("backup_vm, list_backups, delete_backup", "VM.Backup", "/vms"),
        ("backup_vm, clone_vm, list_backups, delete_backup", "Datastore.AllocateSpace", "/storage"),
        ("clone_vm", "VM.Clone", "/vms"),
        ("clone_vm", "VM.Allocate", "/vms"),
        ("update_vm_config", "VM.Config.CPU", "/vms"),
        ("update_vm_config", "VM.Config.Memory", "/vms"),
        ("update_vm_config", "VM.Config.Disk", "/vms"),
        ("update_vm_config", "VM.Config.Options", "/vms"),
        ("run_guest_command", "VM.GuestAgent.Unrestricted", "/vms"),
        ("list_nodes, get_node_status, list_node_rrd_data, list_tasks", "Sys.Audit", "/nodes"),
        ("get_cluster_status, get_cluster_options, list_backup_jobs", "Sys.Audit", "/"),
        ("list_storage, list_storage_content, list_isos, list_templates", "Datastore.Audit", "/storage"),
        ("list_pools", "Pool.Audit", "/pool"),
        ("download_iso", "Datastore.AllocateTemplate", "/storage"),
        ("download_iso", "Sys.AccessNetwork", "/nodes"),
        ("delete_iso, delete_storage_content", "Datastore.Allocate", "/storage"),
    ];

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetBackend backend, CancellationToken cancellationToken)
    {
        var reads = request.Reads(backend);
        var path = request.Arguments.Text("path");
        var version = reads.TryGetAsync("/version", [], cancellationToken);
        var permissions = await reads.GetAsync("/access/permissions", path is null ? [] : [("path", path)], cancellationToken);
        var release = (await version).Text("version");
        if (permissions.ValueKind == JsonValueKind.Object && permissions.GetPropertyCount() == 0)
        {
            request.Warn(path is null
                ? "This connection has no rights at all: a token with privilege separation needs an ACL of its own, beside that of its user."
                : $"This connection has no rights on {request.Room.Words(path)}.");
        }

        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            writer.WriteString("identity", backend.Identity);
            writer.WriteString("credential", "one for all callers of this gateway");
            writer.WriteString("version", release);
            WritePermissions(writer, permissions);
            if (path is null)
            {
                WriteMissing(writer, permissions);
            }
        });
    }

    // A right holds below its path too, unless it says otherwise; a path with the rights of the one above it says nothing new.
    private static void WritePermissions(Utf8JsonWriter writer, JsonElement permissions)
    {
        var paths = permissions.ValueKind == JsonValueKind.Object
            ? permissions.EnumerateObject().ToDictionary(static entry => entry.Name, static entry => RightsOf(entry.Value), StringComparer.Ordinal)
            : [];
        writer.WriteStartObject("permissions");
        foreach (var (path, rights) in paths.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (Above(path, paths) is not { } above || !above.SequenceEqual(rights, StringComparer.Ordinal))
            {
                writer.Texts(path, rights);
            }
        }

        writer.WriteEndObject();
    }

    private static List<string> RightsOf(JsonElement rights) => rights.ValueKind == JsonValueKind.Object
        ? [.. rights.EnumerateObject().Select(static right => right.Value.AsFlag() == true ? right.Name : $"{right.Name} (here only)").Order(StringComparer.Ordinal)]
        : [];

    private static List<string>? Above(string path, Dictionary<string, List<string>> paths)
    {
        for (var at = path.LastIndexOf('/'); at >= 0 && path != "/"; at = at > 0 ? path.LastIndexOf('/', at - 1) : -1)
        {
            if (paths.TryGetValue(at == 0 ? "/" : path[..at], out var rights))
            {
                return rights;
            }
        }

        return null;
    }

    private static void WriteMissing(Utf8JsonWriter writer, JsonElement permissions)
    {
        writer.WriteStartArray("missing_for_tools");
        foreach (var need in Needed.Where(need => !ProxmoxRights.Holds(permissions, need.Privilege, need.Path)))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", need.Tools);
            writer.WriteString("privilege", need.Privilege);
            writer.WriteString("path", need.Path);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
