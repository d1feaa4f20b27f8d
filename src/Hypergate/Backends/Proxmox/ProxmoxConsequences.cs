using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>What a call destroys, cuts or interrupts, in sentences for the person who is asked.</summary>
internal static partial class ProxmoxConsequences
{
    private const int MostNamed = 8;

    public static IReadOnlyList<string> Of(SubjectSight sight)
    {
        var operation = sight.Call.Operation;
        var access = ProxmoxEscalation.OfCall(operation, sight.Call.Arguments);
        if (access < Access.Dangerous)
        {
            return [];
        }

        List<string> sentences = [.. ProxmoxSubjects.GuestOf(operation) is { } guest ? OfGuest(sight, guest) : OfOther(operation)];
        return sentences.Count > 0 ? sentences : ["This may not be undone."];
    }

    private static IEnumerable<string> OfGuest(SubjectSight sight, string guest)
    {
        var isRunning = ProxmoxValue.Text(sight.Subject ?? default, "status") == "running";
        var config = sight.Beside.GetValueOrDefault($"{guest}/config");
        var snapshots = Snapshots(sight.Beside.GetValueOrDefault($"{guest}/snapshot"));
        var operation = sight.Call.Operation;
        foreach (var sentence in Own(operation.Method, operation.Path[guest.Length..].Trim('/').Split('/'), sight.Call, isRunning, snapshots, config))
        {
            yield return sentence;
        }

        if (ProxmoxValue.Flag(config, "protection"))
        {
            yield return "The guest is protected: Proxmox VE refuses to remove it or its disks until that is switched off.";
        }

        if (sight.Subject is { } subject && subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("ha", out var ha) && ProxmoxValue.Flag(ha, "managed"))
        {
            yield return "The guest is managed by HA, which does it in its own time or undoes it.";
        }

        foreach (var task in ProxmoxValue.Rows(sight.Beside.GetValueOrDefault("/nodes/{node}/tasks")).Take(MostNamed))
        {
            yield return $"A task is running on it now: {ProxmoxValue.Text(task, "type")} by {ProxmoxValue.Text(task, "user")}.";
        }
    }

    private static IEnumerable<string> Own(string method, string[] rest, Call call, bool isRunning, List<string> snapshots, JsonElement config) => (method, rest) switch
    {
        ("DELETE", [""]) => [Deletion(isRunning, snapshots, config)],
        ("DELETE", ["snapshot", _]) => ["The snapshot is lost: the guest can no longer go back to it."],
        (_, ["snapshot", _, "rollback"]) => ["The present state of the guest is lost, with everything written since the snapshot.", .. isRunning ? ["It is running: it is stopped first."] : Array.Empty<string>(), .. Later(call, snapshots)],
        (_, ["status", "stop" or "reset"]) => ["Power is cut without a word to the guest: what it has not written to disk is lost."],
        (_, ["status", "shutdown" or "reboot"]) => ["The services in the guest are interrupted."],
        (_, ["status", "suspend"]) => ["The services in the guest are interrupted until it is resumed."],
        (_, ["template"]) => ["A template cannot be turned back into a guest."],
        (_, ["resize"]) => ["A disk can be grown, but not made smaller again."],
        (_, ["unlink"]) => ["The disks are detached; with force their data is destroyed."],
        (_, ["move_disk" or "move_volume"]) => ["The data moves to another storage; with delete the copy here is destroyed."],
        (_, ["migrate" or "remote_migrate"]) => ["The guest moves to another node; a running container is restarted for it."],
        (_, ["agent", ..] or ["monitor"] or ["sendkey"]) => ["This acts inside the guest or on its console, with the rights of its own administrator."],
        (_, ["firewall", ..]) => ["The guest may be cut off, or opened to others."],
        (_, ["config"]) => ["Disks, network, boot or protection of the guest change; a disk that is taken out or replaced may be lost."],
        _ => [],
    };

    private static string Deletion(bool isRunning, List<string> snapshots, JsonElement config)
    {
        var disks = config.ValueKind == JsonValueKind.Object ? config.EnumerateObject().Count(IsDisk) : 0;
        var running = isRunning ? " It is running: Proxmox VE refuses that, unless it is stopped first." : "";
        var lost = snapshots.Count == 0 ? "" : $" and {Count(snapshots.Count, "snapshot")} ({Named(snapshots)})";
        return $"The guest is destroyed with {Count(disks, "disk")}{lost}; its backups stay.{running}";
    }

    private static bool IsDisk(JsonProperty property) =>
        DiskName().IsMatch(property.Name) && !property.Value.ToString().Contains("media=cdrom", StringComparison.Ordinal);

    // Storages that keep snapshots as a chain only go back to the newest one, or lose the newer.
    private static IEnumerable<string> Later(Call call, List<string> snapshots)
    {
        var at = snapshots.IndexOf(ProxmoxValue.Text(call.Arguments, "snapname") ?? "");
        return at >= 0 && at < snapshots.Count - 1
            ? [$"There are newer snapshots ({Named(snapshots[(at + 1)..])}): some storages, such as ZFS, only go back to the newest."]
            : [];
    }

    // By age; the entry "current" is the present state and no snapshot.
    private static List<string> Snapshots(JsonElement list) =>
    [
        .. ProxmoxValue.Rows(list).Where(static row => ProxmoxValue.Text(row, "name") is not (null or "current"))
            .OrderBy(static row => ProxmoxValue.Number(row, "snaptime") ?? 0).Select(static row => ProxmoxValue.Text(row, "name")!),
    ];

    private static IEnumerable<string> OfOther(Operation operation) => (operation.Method, operation.Path.Split('/')) switch
    {
        ("DELETE", ["", "nodes", _, "storage", _, "content", _]) => ["The volume is destroyed with its data and cannot be recovered."],
        ("DELETE", ["", "nodes", _, "storage", _, "prunebackups"]) => ["All backups that the retention does not keep are destroyed."],
        ("DELETE", ["", "nodes", _, "tasks", _]) => ["A task that is killed may leave a lock on its guest and half-made volumes."],
        (_, ["", "nodes", _, "status"]) => ["The node is rebooted or switched off, and every guest on it with it."],
        (_, ["", "nodes", _, "stopall" or "suspendall" or "migrateall" or "startall"]) or (_, ["", "cluster", "bulk-action", ..]) => ["This reaches many guests at once."],
        (_, ["", "nodes", _, "network"]) => ["The node's network is changed: a mistake cuts the node off."],
        (_, ["", "nodes", _, "disks", ..]) => ["Disks of the node are formatted or wiped: what is on them is destroyed."],
        (_, ["", "nodes", _, "vzdump"]) => ["The backup stops or suspends guests, reaches many of them, or removes older backups."],
        _ => [],
    };

    private static string Named(List<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", …" : "");

    private static string Count(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

    [GeneratedRegex(@"^(scsi|virtio|ide|sata|efidisk|tpmstate|unused|mp)\d+$|^rootfs$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex DiskName();
}
