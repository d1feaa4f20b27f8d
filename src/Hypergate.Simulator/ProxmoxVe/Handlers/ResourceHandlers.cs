using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary><c>GET /cluster/resources</c>: everything in one list, from the numbers of the last broadcast.</summary>
internal static class ResourceHandlers
{
    public static void AddTo(HandlerTable table) => table.Add("GET /cluster/resources", List);

    private static JsonArray List(Call call)
    {
        Broadcast.Refresh(call.Cluster);
        var pools = new Dictionary<string, JsonObject>();
        var rows = new List<JsonNode?>();
        var type = call["type"];
        if (type is null)
        {
            foreach (var pool in call.Cluster.Pools.Keys.Where(pool => call.May($"/pool/{pool}", "Pool.Audit")))
            {
                rows.Add(pools[pool] = Row(("id", $"/pool/{pool}"), ("pool", pool), ("type", "pool")));
            }
        }

        if (type is null or "vm")
        {
            rows.AddRange(Guests(call, pools));
        }

        if (type is null or "node")
        {
            rows.AddRange(call.Cluster.Nodes.Select(node => NodeRows.Resource(call, node)));
        }

        if (type is null or "storage")
        {
            rows.AddRange(Storages(call));
        }

        if (type is null && call.May("/sdn/zones/localnetwork", "SDN.Audit"))
        {
            rows.AddRange(call.Cluster.Nodes.Select(static node => Row(
                ("id", $"network/{node.Name}/zone/localnetwork"), ("type", "network"), ("network-type", "zone"), ("network", "localnetwork"),
                ("node", node.Name), ("status", "ok"))));
        }

        return Rows.Array(rows);
    }

    private static IEnumerable<JsonNode> Guests(Call call, Dictionary<string, JsonObject> pools)
    {
        foreach (var guest in call.Cluster.Guests.Values)
        {
            var pool = call.Cluster.PoolOf(guest.VmId)?.Id;
            if (pool is not null && pools.TryGetValue(pool, out var sums))
            {
                Sum(sums, guest.Broadcast);
            }

            if (call.May($"/vms/{guest.VmId}", "VM.Audit"))
            {
                yield return Guest(guest, pool is not null && call.May($"/pool/{pool}", "Pool.Audit") ? pool : null, HaRows.State(call.Cluster, guest));
            }
        }
    }

    /// <summary>A guest as the whole cluster sees it.</summary>
    public static JsonObject Guest(Guest guest, string? pool, string? haState)
    {
        var row = Row(
            ("id", $"{guest.Type}/{guest.VmId}"), ("vmid", guest.VmId), ("node", guest.Node), ("type", guest.Type), ("status", "unknown"),
            ("pool", pool), ("tags", guest.Config["tags"]), ("lock", guest.Lock), ("hastate", haState));
        if (guest.Broadcast is { } figures)
        {
            row["name"] = guest.Name;
            row["status"] = figures.State.Word();
            row["template"] = guest.IsTemplate ? 1 : 0;
            foreach (var (name, value) in FigureRows.Of(figures))
            {
                row[name] = value;
            }
        }

        return row;
    }

    // Only what runs counts.
    private static void Sum(JsonObject pool, GuestFigures? figures)
    {
        if (figures is not { Uptime: > 0 })
        {
            return;
        }

        double Old(string name) => pool[name]?.GetValue<double>() ?? 0;
        var (cpu, cpus) = (Old("cpu"), Old("maxcpu"));
        pool["uptime"] = Math.Max(Old("uptime"), figures.Uptime);
        pool["mem"] = Old("mem") + figures.Memory;
        pool["maxmem"] = Old("maxmem") + figures.MaxMemory;
        pool["cpu"] = ((cpu * cpus) + (figures.Cpu * figures.MaxCpu)) / (cpus + figures.MaxCpu);
        pool["maxcpu"] = cpus + figures.MaxCpu;
    }

    private static IEnumerable<JsonNode> Storages(Call call) =>
        from storage in call.Cluster.Storages.Values
        where !storage.Disabled && call.May($"/storage/{storage.Id}", "Datastore.Audit")
        from node in call.Cluster.Nodes
        where storage.OnNode(node.Name)
        select StorageRows.Resource(call.Cluster, storage, node);
}
