using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>
/// The class of every operation of Xen Orchestra: the named exceptions, else rules over method and path that also hold
/// for operations nobody knew when this was written (a newer server, a plugin).
/// </summary>
public static class XenOrchestraAccess
{
    private static readonly string[] RiskyWords =
    [
        "shutdown", "reboot", "reset", "forget", "destroy", "delete", "revert", "detach", "evict", "format", "erase",
        "wipe", "emergency",
    ];

    /// <summary>The class of an operation whatever its arguments.</summary>
    public static Access Of(Route route)
    {
        var segments = route.Path.Trim('/').Split('/');
        return Exception(segments[0], route.Name) ?? ByRule(route, segments);
    }

    /// <summary>The class of one call, which may be higher than its operation's because of what it carries.</summary>
    /// <param name="arguments">The call's arguments: a property for each parameter, and <c>body</c>.</param>
    public static Access OfCall(Operation operation, JsonElement arguments) =>
        operation is { DeclaredName: "MigrateVm", Domain: "vms" } && !StaysInItsPool(arguments)
            ? Access.Dangerous
            : operation.Access;

    // Only a body of this form moves the VM alone. With storage or networks named, the disks are copied and the source
    // is destroyed; anything else is taken for that.
    private static bool StaysInItsPool(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object
        && body.EnumerateObject().All(static property => property.Name is "hostId" or "migrationNetworkId");

    private static Access? Exception(string collection, string name) => (collection, name) switch
    {
        // Cuts power, or loses the current state.
        ("vms", "HardShutdownVm" or "HardRebootVm" or "RevertSnapshotVm") => Access.Dangerous,

        // Asks the guest; the risky words below would say more.
        ("vms", "CleanShutdownVm" or "CleanRebootVm") => Access.Write,

        // Many guests at once; may lock everyone out; the host loses its own pool.
        ("pools", "EmergencyShutdown" or "RollingReboot" or "RollingUpdate" or "ManagementReconfigure" or "AddHost") =>
            Access.Dangerous,
        ("pools", "CreateNetwork" or "CreateBondedNetwork" or "CreateInternalNetwork") => Access.Admin,

        ("hosts", "CleanShutdownHost" or "CleanRebootHost" or "SmartRebootHost" or "EmergencyShutdownHost"
            or "RestartHostToolstack" or "DetachHost" or "ForgetHost" or "ManagementReconfigure") => Access.Dangerous,
        ("hosts", "Disable" or "Enable" or "StartHost" or "HostScanPifs") => Access.Admin,

        // Logs with secrets.
        ("hosts", "GetAuditLog" or "GetHostLogs") => Access.Admin,

        // Formats, takes storage away, or pulls a disk from a running guest.
        ("srs", "CreateSr" or "ForgetSr" or "DeleteSr") => Access.Dangerous,
        ("srs", "ReclaimSpaceSr") => Access.Admin,
        ("pbds", "UnplugPbd") => Access.Dangerous,
        ("pbds", "PlugPbd") => Access.Admin,
        ("vbds", "DisconnectVbd") => Access.Dangerous,
        ("vdis", "ImportVdiContent") => Access.Dangerous,

        ("servers", "AddServer" or "DeleteServer" or "ConnectServer" or "DisconnectServer") => Access.Admin,

        // May carry credentials in their addresses.
        ("backup-repositories", "CreateBackupRepository" or "UpdateBackupRepository" or "ForgetBackupRepository"
            or "BenchmarkBackupRepository") => Access.Admin,

        // Return credentials.
        ("users", "GetAuthenticationTokens" or "PostAuthenticationTokens" or "PostDeprecatedAuthenticationTokens") =>
            Access.Admin,

        // The history of all tasks against that of one.
        ("tasks", "DeleteTasks") => Access.Dangerous,
        ("tasks", "DeleteTask") => Access.Write,
        ("vms", "DeleteDataSource") => Access.Write,

        // The caller's own stream only.
        ("events", "AddSubscription" or "RemoveSubscription") => Access.Read,
        _ => null,
    };

    private static Access ByRule(Route route, string[] segments)
    {
        if (route.Method == "GET")
        {
            // The content of a whole VM or disk holds the guest's secrets.
            return route.Path.EndsWith(".{format}", StringComparison.Ordinal) ? Access.Admin : Access.Read;
        }

        if (segments is [.., "tags", "{tag}"])
        {
            return Access.Write;
        }

        var access = segments[0] is "users" or "groups" or "acl-roles" or "acl-privileges" or "plugins" ? Access.Admin
            : route.Method == "DELETE" ? Access.Dangerous
            : Access.Write;
        return IsRisky(route, segments) || (segments[0] == "plugins" && route.Method == "DELETE") ? Access.Dangerous : access;
    }

    private static bool IsRisky(Route route, string[] segments) =>
        route.Method == "POST"
        && segments.Any(static segment => !segment.Contains('{')
            && RiskyWords.Any(word => segment.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
