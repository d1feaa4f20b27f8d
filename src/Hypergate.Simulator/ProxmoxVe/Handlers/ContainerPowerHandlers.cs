using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Containers are stricter than machines: what does not fit their state is refused at once.</summary>
internal static class ContainerPowerHandlers
{
    private const string Path = "/nodes/{node}/lxc/{vmid}";

    public static void AddTo(HandlerTable table)
    {
        Add(table, "start", Start);
        Add(table, "stop", static call => Stop(call, "vzstop", TimeSpan.FromSeconds(1)));
        Add(table, "shutdown", static call => Stop(call, "vzshutdown", TimeSpan.FromSeconds(4)));
        Add(table, "reboot", Reboot);
        Add(table, "suspend", static call => Run(call, "vzsuspend", Active(call), static (_, guest) => guest.State = RunState.Paused));
        Add(table, "resume", static call => Run(call, "vzresume", Inactive(call), static (cluster, guest) =>
        {
            if (guest.State == RunState.Paused)
            {
                guest.State = RunState.Running;
            }
            else
            {
                GuestPower.TurnOn(cluster, guest);
            }
        }));
        table.Add($"GET {Path}/interfaces", Interfaces);
    }

    private static void Add(HandlerTable table, string action, Handler handler) => table.Add($"POST {Path}/status/{action}", call =>
    {
        GuestTexts.DemandRootFor(call, "skiplock");
        return handler(call);
    });

    private static Guest? Known(Call call) =>
        call.Cluster.Guests.GetValueOrDefault(call.VmId) is { IsQemu: false } guest && guest.Node == call.Node ? guest : null;

    // Whether it runs is asked before whether it is there.
    private static Guest Active(Call call) =>
        Known(call) is { State: not RunState.Stopped } guest ? guest : throw new PveError($"CT {call.VmId} not running");

    private static Guest? Inactive(Call call) =>
        Known(call) is { State: RunState.Running } ? throw new PveError($"CT {call.VmId} already running") : Known(call);

    private static JsonNode Start(Call call)
    {
        if (Known(call) is { State: not RunState.Stopped })
        {
            throw new PveError($"CT {call.VmId} already running");
        }

        return HaRequests.Start(call, "lxc") ?? call.Start("vzstart", $"{call.VmId}", _ => Starting(call));
    }

    private static IEnumerable<TimeSpan> Starting(Call call)
    {
        var guest = call.Guest("lxc");
        if (guest.IsTemplate)
        {
            throw new TaskError("you can't start a CT if it's a template");
        }

        GuestTexts.DemandUnlocked(guest, call, "mounted");
        if (guest.Config["rootfs"] is null)
        {
            throw new TaskError($"startup for container '{guest.VmId}' failed");
        }

        yield return TimeSpan.FromSeconds(2);
        GuestPower.TurnOn(call.Cluster, guest);
    }

    private static JsonNode Stop(Call call, string type, TimeSpan time)
    {
        var guest = Active(call);
        if (HaRequests.Stop(call, "lxc") is { } requested)
        {
            return call.Flag("overrule-shutdown") ? throw PveError.Parameter("overrule-shutdown", "Not applicable for HA resources.") : requested();
        }

        return call.Start(type, $"{call.VmId}", task =>
        {
            if (call.Flag("overrule-shutdown"))
            {
                GuestPower.Overrule(call, task, "vzshutdown");
            }

            return Stopping(call, guest, time);
        });
    }

    private static IEnumerable<TimeSpan> Stopping(Call call, Guest guest, TimeSpan time)
    {
        GuestTexts.DemandUnlocked(guest, call);
        yield return time;
        GuestPower.TurnOff(guest);
    }

    private static JsonNode Reboot(Call call) => Known(call) is { State: not RunState.Stopped } guest
        ? call.Start("vzreboot", $"{call.VmId}", _ => Rebooting(call, guest))
        : throw new PveError($"VM {call.VmId} not running");

    private static IEnumerable<TimeSpan> Rebooting(Call call, Guest guest)
    {
        foreach (var pause in Stopping(call, guest, TimeSpan.FromSeconds(4)))
        {
            yield return pause;
        }

        GuestPower.TurnOn(call.Cluster, guest);
    }

    private static JsonNode Run(Call call, string type, Guest? guest, Action<Cluster, Guest> act) => call.Start(type, $"{call.VmId}", _ => Acting(call, guest, act));

    private static IEnumerable<TimeSpan> Acting(Call call, Guest? guest, Action<Cluster, Guest> act)
    {
        guest ??= call.Guest("lxc");
        GuestTexts.DemandUnlocked(guest, call);
        yield return TimeSpan.FromSeconds(1);
        act(call.Cluster, guest);
    }

    private static JsonNode? Interfaces(Call call)
    {
        var guest = call.Guest("lxc");
        return guest.State == RunState.Stopped ? null : Rows.Array(AgentAnswers.Interfaces(guest).Select(static row => Row(
            ("name", row!["name"]!.DeepClone()), ("hwaddr", row["hardware-address"]!.DeepClone()), ("hardware-address", row["hardware-address"]!.DeepClone()),
            ("ip-addresses", row["ip-addresses"]!.DeepClone()),
            ("inet", $"{row["ip-addresses"]![0]!["ip-address"]}/{row["ip-addresses"]![0]!["prefix"]}"))));
    }
}
