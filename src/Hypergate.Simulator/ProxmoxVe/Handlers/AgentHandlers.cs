using System.Text;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The agent in a machine: what it tells about its guest, and the commands it runs there.</summary>
internal static class AgentHandlers
{
    private const string Path = "/nodes/{node}/qemu/{vmid}/agent";

    public static void AddTo(HandlerTable table)
    {
        Tell(table, "GET", "get-osinfo", static _ => AgentAnswers.OperatingSystem());
        Tell(table, "GET", "get-host-name", static guest => Row(("host-name", guest.Name)));
        Tell(table, "GET", "network-get-interfaces", AgentAnswers.Interfaces);
        Tell(table, "GET", "get-fsinfo", AgentAnswers.FileSystems);
        Tell(table, "GET", "get-users", static guest => new JsonArray(Row(("user", "root"), ("login-time", guest.StartedAt.ToUnixTimeSeconds() + 60.5))));
        Tell(table, "GET", "get-timezone", static _ => Row(("zone", "UTC"), ("offset", 0)));
        Tell(table, "GET", "get-vcpus", AgentAnswers.Processors);
        Tell(table, "GET", "get-memory-block-info", static _ => Row(("size", 134217728)));
        Tell(table, "GET", "get-memory-blocks", static _ => new JsonArray(Row(("phys-index", 0), ("online", true), ("can-offline", false))));
        Tell(table, "GET", "info", static _ => AgentAnswers.Info());
        Tell(table, "POST", "ping", static _ => new JsonObject());
        Tell(table, "POST", "fsfreeze-status", static _ => "thawed");
        Tell(table, "POST", "fsfreeze-freeze", static _ => 2);
        Tell(table, "POST", "fsfreeze-thaw", static _ => 2);
        Tell(table, "POST", "fstrim", static _ => Row(("paths", new JsonArray(Row(("path", "/"), ("trimmed", 0), ("minimum", 0))))));
        table.Add($"GET {Path}/get-time", static call =>
        {
            Asked(call);
            return Row(("result", call.Cluster.Now.ToUnixTimeMilliseconds() * 1_000_000));
        });
        table.Add($"POST {Path}/exec", Execute);
        table.Add($"GET {Path}/exec-status", Status);
        table.Add($"GET {Path}/file-read", Read);
        table.Add($"POST {Path}/file-write", static call =>
        {
            Asked(call);
            return null;
        });
        Tell(table, "POST", "set-user-password", static _ => new JsonObject());
        table.Add($"GET {Path}", static _ => Directory("name", ["exec", "exec-status", "file-read", "file-write", "get-fsinfo", "get-host-name", "get-osinfo", "info", "network-get-interfaces", "ping"]));
    }

    private static void Tell(HandlerTable table, string method, string command, Func<Guest, JsonNode?> answer) =>
        table.Add($"{method} {Path}/{command}", call => new JsonObject { ["result"] = answer(Asked(call)) });

    /// <summary>The guest, when its agent answers.</summary>
    private static Guest Asked(Call call)
    {
        var guest = call.Guest("qemu");
        return guest.Config["agent"] is null || !GuestAgents.IsConfigured(guest) ? throw new PveError("No QEMU guest agent configured")
            : guest.State == RunState.Stopped ? throw new PveError($"VM {guest.VmId} is not running")
            : guest.State == RunState.Paused || guest.Agent == AgentState.Silent ? throw new PveError("QEMU guest agent is not running")
            : guest;
    }

    private static JsonObject Execute(Call call)
    {
        var guest = Asked(call);
        var words = call.Parameters.List("command");
        if (words.Count == 0)
        {
            throw new PveError("command or input-data (or both) required");
        }

        var process = GuestShell.Run(guest, words, call["input-data"], call.Cluster.Now)
            ?? throw new PveError($"Agent error: Guest agent command failed, error was 'Failed to execute child process “{words[0]}” (No such file or directory)'");
        return Row(("pid", guest.AgentSession.Run(process)));
    }

    // A process is never done when it is asked for the first time.
    private static JsonObject Status(Call call)
    {
        var guest = Asked(call);
        var pid = (int)call.Parameters.Integer("pid")!.Value;
        var process = guest.AgentSession.Processes.GetValueOrDefault(pid)
            ?? throw new PveError("Agent error: PID " + pid + " does not exist");
        var scale = call.Cluster.Options.TaskScale;
        if (process.Asked++ == 0 || call.Cluster.Now - process.StartedAt < TimeSpan.FromSeconds(1) * scale)
        {
            return Row(("exited", 0));
        }

        guest.AgentSession.Processes.Remove(pid);
        return Row(
            ("exited", 1), ("exitcode", process.ExitCode), ("out-data", process.Output.Length > 0 ? process.Output : null),
            ("err-data", process.Error.Length > 0 ? process.Error : null));
    }

    private static JsonObject Read(Call call)
    {
        var guest = Asked(call);
        var file = call.Parameters.Required("file");
        var text = GuestShell.File(guest, file)
            ?? throw new PveError($"Agent error: Guest agent command failed, error was 'failed to open file '{file}' (mode: 'r'): No such file or directory'");
        return Row(("content", text), ("bytes-read", Encoding.UTF8.GetByteCount(text)), ("truncated", null));
    }
}
