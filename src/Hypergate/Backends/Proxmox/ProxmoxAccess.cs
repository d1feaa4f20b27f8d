using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>
/// The class of every operation of Proxmox VE, by rules over method and path that also hold for operations of releases to come: a
/// read that nothing speaks against is a read, a change that nothing excuses is administration.
/// </summary>
public static class ProxmoxAccess
{
    /// <summary>The class of an operation whatever its arguments.</summary>
    public static Access Of(Route route)
    {
        var segments = route.Path.Trim('/').Split('/');
        return route.Method == "GET" ? OfRead(segments) : segments switch
        {
            ["nodes", _, "qemu" or "lxc", "{vmid}", .. var rest] => OfGuest(route.Method, rest),
            ["nodes", _, .. var rest] => OfNode(route.Method, rest),
            ["cluster", .. var rest] => OfCluster(route.Method, rest),
            _ => Access.Admin,
        };
    }

    // These show secrets, or make the node contact an address that the caller chose, or belong to streams and logins.
    private static Access OfRead(string[] segments) => segments switch
    {
        ["access"] or ["access", "permissions"] or ["access", "roles", ..] or ["access", "domains"] => Access.Read,
        ["access", ..] or ["storage", _] => Access.Admin,
        ["cluster", "acme", "account" or "plugins" or "tos" or "meta" or "directories", ..] => Access.Admin,
        ["cluster", "config", "join"] => Access.Admin,
        ["cluster", "metrics", "export"] or ["cluster", "metrics", "server", ..] => Access.Admin,
        ["cluster", "notifications", _, ..] => Access.Admin,
        ["nodes", _, "qemu", _, "agent", "file-read" or "exec-status"] => Access.Admin,
        ["nodes", _, "qemu", _, "cloudinit", "dump"] => Access.Admin,
        ["nodes", _, "ceph", "cfg", _, ..] => Access.Admin,
        ["nodes", _, "scan", _, ..] => Access.Admin,
        ["nodes", _, "journal" or "syslog" or "report" or "hosts" or "query-url-metadata" or "query-oci-repo-tags"] => Access.Admin,
        ["nodes", .., "vncwebsocket" or "mtunnelwebsocket"] or ["nodes", .., "file-restore", "download"] => Access.Admin,
        _ => Access.Read,
    };

    private static Access OfGuest(string method, string[] rest) => rest switch
    {
        [] => Access.Dangerous,
        ["status", "start" or "resume"] => Access.Write,
        ["status", ..] => Access.Dangerous,
        ["snapshot"] or ["snapshot", _, "config"] => Access.Write,
        ["snapshot", ..] => Access.Dangerous,
        ["clone" or "config" or "cloudinit"] => Access.Write,
        ["agent", "ping" or "fsfreeze-status"] => Access.Read,
        ["agent", "fstrim" or "fsfreeze-thaw"] => Access.Write,
        ["agent", ..] or ["monitor" or "sendkey"] => Access.Dangerous,
        ["template" or "resize" or "unlink" or "move_disk" or "move_volume" or "migrate" or "remote_migrate"] => Access.Dangerous,
        ["firewall", "options"] => Access.Dangerous,
        ["firewall", ..] => method == "DELETE" ? Access.Dangerous : Access.Write,
        _ => Access.Admin,
    };

    private static Access OfNode(string method, string[] rest) => (method, rest) switch
    {
        (_, ["qemu" or "lxc"] or ["vzdump" or "wakeonlan" or "startall" or "aplinfo"]) => Access.Write,
        (_, ["stopall" or "suspendall" or "migrateall" or "status" or "execute"]) => Access.Dangerous,
        (_, ["replication", _, "schedule_now"]) => Access.Write,
        ("DELETE", ["storage", _, "content", _] or ["storage", _, "prunebackups"]) => Access.Dangerous,
        ("POST", ["storage", _, "content"]) or ("PUT", ["storage", _, "content", _]) => Access.Write,
        (_, ["storage", _, "download-url" or "oci-registry-pull" or "upload"]) => Access.Write,
        ("DELETE", ["tasks", _] or ["ceph", ..]) => Access.Dangerous,
        (_, ["services", _, "stop" or "restart"]) => Access.Dangerous,
        ("PUT", ["network"]) => Access.Dangerous,
        (_, ["disks", ..]) => Access.Dangerous,
        (_, ["ceph", "stop" or "restart" or "restart-bulk"] or ["ceph", "osd", _, "out"]) => Access.Dangerous,
        _ => Access.Admin,
    };

    private static Access OfCluster(string method, string[] rest) => (method, rest) switch
    {
        (_, ["bulk-action", "guest", "start"]) => Access.Write,
        (_, ["bulk-action", ..]) => Access.Dangerous,
        ("DELETE", ["replication", _] or ["config", "nodes", _]) => Access.Dangerous,
        (_, ["replication", ..]) => Access.Write,
        ("PUT", ["sdn"]) => Access.Dangerous,
        (_, ["ceph", "restart-bulk"]) => Access.Dangerous,
        (_, ["ha", "resources", _, "migrate" or "relocate"] or ["ha", "status", "disarm-ha"]) => Access.Dangerous,
        _ => Access.Admin,
    };
}
