using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Start, stop, shutdown, reset, reboot, suspend and resume of machines.</summary>
internal static class PowerHandlers
{
    private static readonly string[] RootOnly = ["skiplock", "keepActive", "migratedfrom", "nocheck"];

    public static void AddTo(HandlerTable table)
    {
        Add(table, "start", Start);
        Add(table, "stop", Stop);
        Add(table, "shutdown", Shutdown);
        Add(table, "reset", Reset);
        Add(table, "reboot", Reboot);
        Add(table, "suspend", Suspend);
        Add(table, "resume", Resume);
    }

    private static void Add(HandlerTable table, string action, Handler handler) =>
        table.Add($"POST /nodes/{{node}}/qemu/{{vmid}}/status/{action}", call =>
        {
            GuestTexts.DemandRootFor(call, RootOnly);
            return handler(call);
        });

    private static JsonNode Start(Call call) => HaRequests.Start(call, "qemu") ?? call.Start("qmstart", $"{call.VmId}", task =>
    {
        var guest = call.Guest("qemu");
        return Starting(call, guest, task);
    });

    private static IEnumerable<TimeSpan> Starting(Call call, Guest guest, PveTask task)
    {
        if (guest.IsTemplate)
        {
            throw new TaskError("you can't start a vm if it's a template");
        }

        GuestTexts.DemandUnlocked(guest, call, "suspended");
        if (guest.State != RunState.Stopped)
        {
            throw new TaskError($"VM {guest.VmId} already running");
        }

        if (guest.Lock == "suspended")
        {
            task.Log("Resuming suspended VM");
            guest.Lock = null;
        }

        yield return TimeSpan.FromSeconds(2);
        GuestPower.TurnOn(call.Cluster, guest);
    }

    private static JsonNode Stop(Call call)
    {
        if (HaRequests.Stop(call, "qemu") is { } requested)
        {
            if (call.Flag("overrule-shutdown"))
            {
                throw PveError.Parameter("overrule-shutdown", "Not applicable for HA resources.");
            }

            return requested();
        }

        return call.Start("qmstop", $"{call.VmId}", task =>
        {
            var guest = GuestTexts.Found(call, "qemu");
            if (call.Flag("overrule-shutdown"))
            {
                GuestPower.Overrule(call, task, "qmshutdown");
            }

            return Stopping(call, guest, TimeSpan.FromSeconds(1));
        });
    }

    private static IEnumerable<TimeSpan> Stopping(Call call, Guest guest, TimeSpan time)
    {
        if (guest.State == RunState.Stopped)
        {
            yield break;
        }

        GuestTexts.DemandUnlocked(guest, call);
        yield return time;
        GuestPower.TurnOff(guest);
    }

    private static JsonNode Shutdown(Call call)
    {
        var paused = call.Cluster.Guests.GetValueOrDefault(call.VmId)?.State == RunState.Paused;
        if (paused && !call.Flag("forceStop"))
        {
            throw new PveError("VM is paused - cannot shutdown");
        }

        return HaRequests.Stop(call, "qemu")?.Invoke()
            ?? call.Start("qmshutdown", $"{call.VmId}", _ => ShuttingDown(call, GuestTexts.Found(call, "qemu")));
    }

    // A guest whose agent is silent does not hear that it should go.
    private static IEnumerable<TimeSpan> ShuttingDown(Call call, Guest guest)
    {
        if (guest.Agent == AgentState.Silent && guest.State == RunState.Running && GuestAgents.IsConfigured(guest))
        {
            yield return TimeSpan.FromSeconds(call.Parameters.Integer("timeout") ?? 180);
            if (!call.Flag("forceStop"))
            {
                throw new TaskError("VM quit/powerdown failed - got timeout");
            }
        }

        foreach (var pause in Stopping(call, guest, TimeSpan.FromSeconds(8)))
        {
            yield return pause;
        }
    }

    private static JsonNode Reset(Call call)
    {
        var guest = GuestTexts.Running(call, "qemu");
        return call.Start("qmreset", $"{call.VmId}", _ => Brief(() =>
        {
            GuestTexts.DemandUnlocked(guest, call);
            guest.State = RunState.Running;
        }));
    }

    private static JsonNode Reboot(Call call)
    {
        var guest = GuestTexts.Found(call, "qemu");
        if (guest.State == RunState.Paused)
        {
            throw new PveError("VM is paused - cannot shutdown");
        }

        GuestTexts.Running(call, "qemu");
        return call.Start("qmreboot", $"{call.VmId}", _ => Rebooting(call, guest));
    }

    private static IEnumerable<TimeSpan> Rebooting(Call call, Guest guest)
    {
        foreach (var pause in ShuttingDown(call, guest))
        {
            yield return pause;
        }

        GuestPower.TurnOn(call.Cluster, guest);
    }

    private static JsonNode Suspend(Call call)
    {
        var guest = GuestTexts.Running(call, "qemu");
        var toDisk = call.Flag("todisk");
        if (toDisk)
        {
            if (HaRows.Resource(call.Cluster, guest) is not null)
            {
                throw new PveError("Cannot suspend HA managed VM to disk");
            }

            call.Need($"/vms/{guest.VmId}", "VM.Config.Disk");
        }

        return call.Start(toDisk ? "qmsuspend" : "qmpause", $"{call.VmId}", _ => Brief(() =>
        {
            GuestTexts.DemandUnlocked(guest, call);
            guest.State = RunState.Paused;
            if (toDisk)
            {
                GuestPower.TurnOff(guest);
                guest.Lock = "suspended";
            }
        }));
    }

    private static JsonNode Resume(Call call)
    {
        var suspended = call.Cluster.Guests.GetValueOrDefault(call.VmId) is { Lock: "suspended", IsQemu: true } guest && guest.Node == call.Node;
        if (!suspended)
        {
            GuestTexts.Running(call, "qemu");
        }

        return call.Start("qmresume", $"{call.VmId}", task => suspended
            ? Starting(call, call.Guest("qemu"), task)
            : Brief(() =>
            {
                var resumed = call.Guest("qemu");
                GuestTexts.DemandUnlocked(resumed, call);
                resumed.State = RunState.Running;
            }));
    }

    private static IEnumerable<TimeSpan> Brief(Action action)
    {
        action();
        yield return TimeSpan.FromMilliseconds(200);
    }
}
