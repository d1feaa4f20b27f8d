using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The configuration of guests: shown, with what is pending, and changed.</summary>
internal static class ConfigHandlers
{
    public static void AddTo(HandlerTable table)
    {
        foreach (var type in (string[])["qemu", "lxc"])
        {
            var path = $"/nodes/{{node}}/{type}/{{vmid}}";
            table.Add($"GET {path}/config", call => Show(call, call.Guest(type)));
            table.Add($"GET {path}/pending", call => ConfigRows.Pending(call.Guest(type)));
            table.Add($"PUT {path}/config", call =>
            {
                new ConfigChange(call, type).Apply(static _ => { });
                return null;
            });
        }

        table.Add("POST /nodes/{node}/qemu/{vmid}/config", static call =>
        {
            var change = new ConfigChange(call, "qemu");
            var upid = call.Start("qmconfig", $"{call.VmId}", task => Changing(change, task.Log));
            if (call.Parameters.Integer("background_delay") is > 0 and var seconds)
            {
                call.Awaited = (call.Cluster.Tasks.Find(upid)!, TimeSpan.FromSeconds(seconds));
            }

            return upid;
        });
    }

    private static JsonObject Show(Call call, Guest guest)
    {
        var values = guest.Config.Values;
        if (call["snapshot"] is { } name)
        {
            values = guest.Config.Snapshots.GetValueOrDefault(name)?.Values ?? throw new PveError($"snapshot '{name}' does not exist");
        }
        else if (!call.Flag("current"))
        {
            values = guest.Config.Effective();
        }

        var row = ConfigRows.Of(guest, values);
        row["digest"] = guest.Config.Digest();
        if (guest.Config.Parent is { } parent && !call.Parameters.Has("snapshot"))
        {
            row["parent"] = parent;
        }

        return row;
    }

    private static IEnumerable<TimeSpan> Changing(ConfigChange change, Action<string> log)
    {
        change.Apply(log);
        yield return TimeSpan.FromMilliseconds(300);
    }
}
