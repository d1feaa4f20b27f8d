using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Metrics;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Figures over time: any node has those of all nodes and guests.</summary>
internal static class MetricsHandlers
{
    // lab has the files of one machine, one node and one storage.
    private static readonly HashSet<string> LabFiles = ["pve-node-9.0/pve1", "pve-vm-9.0/100", "pve-storage-9.0/pve1/local"];

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /nodes/{node}/rrddata", Node);
        table.Add("GET /nodes/{node}/qemu/{vmid}/rrddata", Guest);
        table.Add("GET /nodes/{node}/lxc/{vmid}/rrddata", Guest);
        table.Add("GET /nodes/{node}/storage/{storage}/rrddata", Storage);
    }

    private static JsonArray Node(Call call)
    {
        var node = call.Cluster.Node(call.Node);
        DemandFile(call, $"pve-node-9.0/{call.Node}", node is not null);
        return RrdData.Series(call.Cluster, Frame(call), DateTimeOffset.MinValue, time => RrdRows.Node(call.Cluster, node!, time));
    }

    private static JsonArray Guest(Call call)
    {
        var known = call.Cluster.Guests.TryGetValue(call.VmId, out var guest);
        DemandFile(call, $"pve-vm-9.0/{call.VmId}", known);
        return RrdData.Series(call.Cluster, Frame(call), guest!.CreatedAt - TimeSpan.FromHours(1), time => RrdRows.Guest(call.Cluster, guest, time));
    }

    private static JsonArray Storage(Call call)
    {
        var known = call.Cluster.Storages.TryGetValue(call.Parameters.Required("storage"), out var storage);
        DemandFile(call, $"pve-storage-9.0/{call.Node}/{call["storage"]}", known && !storage!.SilentOn.Contains(call.Node));
        return RrdData.Series(call.Cluster, Frame(call), DateTimeOffset.MinValue, _ => RrdRows.Storage(storage!, call.Node));
    }

    private static TimeFrame Frame(Call call) => TimeFrame.Of(call.Parameters.Required("timeframe"), call.Cluster.Options.OldMetrics);

    private static void DemandFile(Call call, string file, bool known)
    {
        if (!known || (call.Cluster.Name == "lab" && !LabFiles.Contains(file)))
        {
            throw new PveError($"RRD error: opening '/var/lib/rrdcached/db/{file}': No such file or directory");
        }
    }
}
