using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The cluster as a whole: version, status, options, next free id, log.</summary>
internal static class ClusterHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /version", static call => Version(call.Cluster));
        table.Add("GET /nodes/{node}/version", static call => Version(call.Cluster));
        table.Add("GET /cluster/status", Status);
        table.Add("GET /cluster/nextid", NextId);
        table.Add("GET /cluster/log", static call => Rows.Array(call.Cluster.List("log").TakeLast((int)(call.Parameters.Integer("max") ?? 50)).Reverse().Select(static entry => entry.DeepClone())));
        table.Add("GET /cluster/config/nodes", static call => Rows.Array(call.Cluster.Nodes.Select(static node =>
            Row(("name", node.Name), ("node", node.Name), ("nodeid", Text(node.Number)), ("quorum_votes", "1"), ("ring0_addr", node.Address)))));
    }

    private static JsonObject Version(Cluster cluster) => Row(
        ("version", cluster.Options.Version),
        ("release", string.Join('.', cluster.Options.Version.Split('.').Take(2))),
        ("repoid", "14a22df3"));

    private static JsonArray Status(Call call)
    {
        var cluster = call.Cluster;
        var rows = cluster.Nodes.Select(node => Row(
            ("id", $"node/{node.Name}"), ("type", "node"), ("name", node.Name), ("nodeid", node.Number), ("ip", node.Address),
            ("online", Broadcast.IsLost(cluster, node) ? 0 : 1), ("local", node == cluster.Local ? 1 : 0), ("level", "")));
        return Rows.Array(rows.Prepend(Row(
            ("id", "cluster"), ("type", "cluster"), ("name", cluster.Name), ("nodes", cluster.Nodes.Count), ("quorate", cluster.Quorate ? 1 : 0),
            ("version", cluster.ConfigVersion))));
    }

    private static JsonNode NextId(Call call)
    {
        if (call.Parameters.Integer("vmid") is { } asked)
        {
            return call.Cluster.Guests.ContainsKey((int)asked) ? throw PveError.Parameter("vmid", $"VM {asked} already exists") : Text(asked);
        }

        var range = call.Cluster.Settings.GetValueOrDefault("next-id")?.Split(',') ?? [];
        long Limit(string name, long otherwise) =>
            range.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal)) is { } part
                ? long.Parse(part[(name.Length + 1)..], CultureInfo.InvariantCulture)
                : otherwise;
        var upper = Limit("upper", 1_000_000);
        for (var id = Limit("lower", 100); id < upper; id++)
        {
            if (!call.Cluster.Guests.ContainsKey((int)id))
            {
                return Text(id);
            }
        }

        throw new PveError("unable to get any free VMID in the configured range");
    }

    // Ids come as texts.
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
