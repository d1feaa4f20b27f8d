using System.Globalization;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>Which object a call is about, and what a person must know of it before agreeing.</summary>
internal static class PxCloudSubjects
{
    private static readonly string[] Names = ["name", "username", "address", "key", "path"];
    private static readonly string[] States = ["status", "power", "state", "lock"];

    public static SubjectRules Rules { get; } = new()
    {
        PathOf = static operation => ObjectPath(operation.Path),
        ReferencePath = static _ => null,
        Describe = static item => new SubjectWords(KindOf(item), NameOf(item), StateOf(item), []),
        PlaceOf = static call => PlaceOf(call),
        ShowsChange = ShowsChange,
        Consequences = Consequences,
    };

    // A restart ends as it began, and a machine that has moved has another id.
    private static bool ShowsChange(Call call) => (call.Operation.Method, ActionOf(call)) switch
    {
        ("DELETE", _) => ObjectPath(call.Operation.Path) == call.Operation.Path,
        ("POST", "start" or "stop" or "shutdown" or "suspend" or "resume" or "on" or "off" or "soft-off" or "delete") => true,
        _ => false,
    };

    private static string ActionOf(Call call) => PxCloudValue.Text(call.Arguments, "action") ?? call.Operation.Path.Split('/')[^1];

    // The object that the path is about is the family with its id: /api/vms/{id} of /api/vms/{id}/snapshots/{s}/rollback.
    private static string? ObjectPath(string path)
    {
        var start = path.IndexOf('{', StringComparison.Ordinal);
        return start < 0 ? null : path[..(path.IndexOf('}', start) + 1)];
    }

    private static string KindOf(JsonElement item) =>
        Has(item, "vmid") ? "VM"
        : Has(item, "cpu_cores") ? "node"
        : Has(item, "quorate") ? "cluster"
        : Has(item, "bmc_address") ? "server"
        : Has(item, "username") ? "user"
        : Has(item, "progress") ? "task"
        : "object";

    private static string NameOf(JsonElement item) => Names.Select(name => PxCloudValue.Text(item, name)).FirstOrDefault(static text => !string.IsNullOrEmpty(text)) ?? "";

    private static string? StateOf(JsonElement item)
    {
        var states = States.Select(name => PxCloudValue.Text(item, name)).Where(static text => !string.IsNullOrEmpty(text)).ToList();
        return states.Count == 0 ? null : string.Join(", ", states) + (PxCloudValue.Flag(item, "protection") ? ", protected" : "");
    }

    // Ids of machines say where they are: cluster:node:vmid.
    private static string? PlaceOf(Call call) => ObjectPath(call.Operation.Path) == "/api/vms/{id}" && PxCloudValue.Text(call.Arguments, "id")?.Split(':') is [var cluster, var node, _]
        ? $"node {node} of cluster {cluster}"
        : null;

    private static List<string> Consequences(SubjectSight sight)
    {
        var (call, path) = (sight.Call, sight.Call.Operation.Path);
        var notes = new List<string>();
        if (path.EndsWith("/console-share", StringComparison.Ordinal) && call.Operation.Method == "POST")
        {
            notes.Add(Share(call));
        }

        if (sight.Subject is { } subject && Has(subject, "vms") && PxCloudValue.Number(subject, "vms") > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{PxCloudValue.Number(subject, "vms")} machines are there."));
        }

        notes.AddRange(OfAction(call.Operation, ActionOf(call)));
        return notes.Count == 0 && PathAccess.OfCall(call.Operation, call.Arguments) == Access.Dangerous ? ["This may not be undone."] : notes;
    }

    private static IEnumerable<string> OfAction(Operation operation, string action) => (operation.Method, action) switch
    {
        ("DELETE", _) or (_, "delete") => ["It is deleted for good."],
        (_, "stop" or "poweroff" or "reset" or "off" or "cycle" or "kill") => ["The power is cut: what was not written to disk is lost."],
        (_, "shutdown" or "soft-off" or "reboot") => ["It is not in service until it runs again."],
        (_, "rollback" or "restore") => ["What was written since then is lost."],
        (_, "format-disk") => ["The content of the disk is lost."],
        (_, "template") => ["There is no way back from a template."],
        (_, "migrate" or "evacuate") => ["It goes to another node, and its id changes with it."],
        _ => [],
    };

    private static string Share(Call call)
    {
        var mode = PxCloudValue.Text(call.Arguments, "access_mode") == "full_control" ? "sees and controls" : "sees";
        var seconds = PxCloudValue.Number(call.Arguments, "expires_in_seconds");
        var time = seconds is > 0 and < int.MaxValue ? $" for {InWords(TimeSpan.FromSeconds(seconds))}" : "";
        return $"Whoever has the link {mode} the console{time}, without an account. Hand it to nobody but the person who asked for it.";
    }

    // 1 hour, 30 minutes.
    private static string InWords(TimeSpan time) => string.Join(", ", new[] { (time.Days, "day"), (time.Hours, "hour"), (time.Minutes, "minute"), (time.Seconds, "second") }
        .Where(static part => part.Item1 > 0).Select(static part => $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}"));

    private static bool Has(JsonElement item, string property) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out _);
}
