using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>
/// Guests that high availability manages are not started and stopped by who asks: the task only requests it, and the real one
/// follows, as root, when the manager comes by.
/// </summary>
internal static class HaRequests
{
    private static readonly TimeSpan UntilTheManagerComes = TimeSpan.FromSeconds(10);

    /// <summary>The request's task; null where the guest is not managed.</summary>
    public static JsonNode? Start(Call call, string type) =>
        Request(call, type, "hastart", "started", (guest, cluster) => (guest.IsQemu ? "qmstart" : "vzstart", () => GuestPower.TurnOn(cluster, guest)))?.Invoke();

    /// <summary>Makes the request's task; null where the guest is not managed.</summary>
    public static Func<JsonNode>? Stop(Call call, string type) =>
        Request(call, type, "hastop", "stopped", static (guest, _) => (guest.IsQemu ? "qmshutdown" : "vzshutdown", () => GuestPower.TurnOff(guest)));

    /// <summary>The request to move a guest; null where it is not managed.</summary>
    public static JsonNode? Migrate(Call call, string type, string target) =>
        Request(call, type, "hamigrate", null, (guest, _) => (guest.IsQemu ? "qmigrate" : "vzmigrate", () => guest.Node = target))?.Invoke();

    private static Func<JsonNode>? Request(
        Call call, string type, string task, string? state, Func<Guest, Cluster, (string Type, Action Act)> follow)
    {
        if (!call.Cluster.Guests.TryGetValue(call.VmId, out var guest) || guest.Type != type || HaRows.Resource(call.Cluster, guest) is not { } resource)
        {
            return null;
        }

        return () => call.Start(task, $"{call.VmId}", running =>
        {
            running.Log($"Requesting HA {task[2..]} for {guest.Label}");
            resource["state"] = state ?? resource["state"]!.GetValue<string>();
            var (followType, act) = follow(guest, call.Cluster);
            call.Cluster.Tasks.Later(UntilTheManagerComes, () =>
                call.Cluster.Tasks.Start(guest.Node, followType, $"{guest.VmId}", UserConfig.Root, _ => Following(act)));
            return [];
        });
    }

    private static IEnumerable<TimeSpan> Following(Action act)
    {
        yield return TimeSpan.FromSeconds(3);
        act();
    }
}
