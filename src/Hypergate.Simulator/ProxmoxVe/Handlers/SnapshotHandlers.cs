using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Snapshots: listed, taken, deleted and gone back to.</summary>
internal static class SnapshotHandlers
{
    public static void AddTo(HandlerTable table)
    {
        foreach (var type in (string[])["qemu", "lxc"])
        {
            var path = $"/nodes/{{node}}/{type}/{{vmid}}/snapshot";
            var prefix = type == "qemu" ? "qm" : "vz";
            table.Add($"GET {path}", call => List(call.Guest(type)));
            table.Add($"POST {path}", call => Take(call, type, prefix));
            table.Add($"GET {path}/{{snapname}}/config", call => Show(call, type));
            table.Add($"PUT {path}/{{snapname}}/config", call => Describe(call, type));
            table.Add($"DELETE {path}/{{snapname}}", call => call.Start($"{prefix}delsnapshot", $"{call.VmId}", task =>
                new SnapshotWork(call, call.Guest(type), task).Delete(call.Parameters.Required("snapname"))));
            table.Add($"POST {path}/{{snapname}}/rollback", call => call.Start($"{prefix}rollback", $"{call.VmId}", task =>
                new SnapshotWork(call, call.Guest(type), task).Rollback(call.Parameters.Required("snapname"))));
        }
    }

    private static JsonArray List(Guest guest)
    {
        var rows = guest.Config.Snapshots.Values.Select(snapshot =>
        {
            var row = Row(("name", snapshot.Name), ("snaptime", snapshot.Time), ("description", snapshot.Description), ("parent", snapshot.Parent));
            if (guest.IsQemu)
            {
                row["vmstate"] = snapshot.StateVolume is null ? 0 : 1;
            }

            return row;
        });
        return Rows.Array(rows.Append(Row(
            ("name", "current"), ("description", "You are here!"), ("digest", guest.Config.Digest()),
            ("running", guest.State == RunState.Stopped ? 0 : 1), ("parent", guest.Config.Parent))));
    }

    private static JsonNode Take(Call call, string type, string prefix)
    {
        var name = call.Parameters.Required("snapname");
        if (name == "current" || string.Equals(name, "pending", StringComparison.OrdinalIgnoreCase))
        {
            throw new PveError($"unable to use snapshot name '{(name == "current" ? name : "pending")}' (reserved name)");
        }

        var guest = call.Guest(type);
        return call.Start($"{prefix}snapshot", $"{call.VmId}", task => new SnapshotWork(call, guest, task).Take(name));
    }

    private static GuestSnapshot Snapshot(Call call, string type)
    {
        var name = call.Parameters.Required("snapname");
        return call.Guest(type).Config.Snapshots.GetValueOrDefault(name) ?? throw new PveError($"snapshot '{name}' does not exist");
    }

    private static JsonObject Show(Call call, string type)
    {
        var snapshot = Snapshot(call, type);
        var row = ConfigRows.Of(call.Guest(type), snapshot.Values);
        row["snaptime"] = snapshot.Time;
        foreach (var (name, value) in ((string, string?)[])[("description", snapshot.Description), ("parent", snapshot.Parent), ("vmstate", snapshot.StateVolume)])
        {
            if (!string.IsNullOrEmpty(value))
            {
                row[name] = value;
            }
        }

        return row;
    }

    private static JsonNode? Describe(Call call, string type)
    {
        var snapshot = Snapshot(call, type);
        GuestTexts.DemandUnlocked(call.Guest(type), call);
        snapshot.Description = call["description"] ?? snapshot.Description;
        return null;
    }
}
