using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Pools and their members.</summary>
internal static class PoolHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /pools", List);
        table.Add("POST /pools", Create);
        table.Add("PUT /pools", Update);
        table.Add("DELETE /pools", Delete);
        table.Add("GET /pools/{poolid}", static call => Detail(call, Known(call, "")));
        table.Add("PUT /pools/{poolid}", Update);
        table.Add("DELETE /pools/{poolid}", Delete);
    }

    private static JsonArray List(Call call)
    {
        if (call.Parameters.Has("poolid"))
        {
            var pool = Known(call, "");
            call.Need($"/pool/{pool.Id}", "Pool.Audit");
            var row = Detail(call, pool);
            row["poolid"] = pool.Id;
            return [row];
        }

        return Rows.Array(call.Cluster.Pools.Values
            .Where(pool => call.May($"/pool/{pool.Id}", "Pool.Audit"))
            .Select(static pool => Row(("poolid", pool.Id), ("comment", pool.Comment))));
    }

    private static JsonObject Detail(Call call, Pool pool)
    {
        Broadcast.Refresh(call.Cluster);
        var type = call["type"];
        var guests = pool.Guests.Where(call.Cluster.Guests.ContainsKey).Select(id => call.Cluster.Guests[id])
            .Where(guest => (type ?? guest.Type) == guest.Type)
            .Select(guest =>
            {
                var row = ResourceHandlers.Guest(guest, null, null);
                row.Remove("tags");
                row.Remove("lock");
                return row;
            });
        var storages = from id in type is null or "storage" ? pool.Storages : []
                       where call.Cluster.Storages.ContainsKey(id)
                       let storage = call.Cluster.Storages[id]
                       from node in call.Cluster.Nodes
                       where storage.OnNode(node.Name) && (!storage.Shared || node == call.Cluster.Local)
                       select StorageRows.Resource(call.Cluster, storage, node);
        return Row(("members", Rows.Array(guests.Concat(storages))), ("comment", pool.Comment));
    }

    private static JsonNode? Create(Call call)
    {
        var id = call.Parameters.Required("poolid");
        if (call.Cluster.Pools.ContainsKey(id))
        {
            throw new PveError($"create pool failed: pool '{id}' already exists");
        }

        if (id.LastIndexOf('/') is > 0 and var end && !call.Cluster.Pools.ContainsKey(id[..end]))
        {
            throw new PveError($"create pool failed: parent '{id[..end]}' of pool '{id}' does not exist");
        }

        call.Cluster.Pools[id] = new Pool { Id = id, Comment = call["comment"] };
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        const string Failed = "update pools failed: ";
        var pool = Known(call, Failed);
        pool.Comment = call.Parameters.Has("comment") ? call["comment"] : pool.Comment;
        foreach (var id in call.Parameters.List("vms").Select(static id => int.Parse(id, CultureInfo.InvariantCulture)))
        {
            call.Need($"/vms/{id}", "Permissions.Modify");
            if (call.Flag("delete"))
            {
                Demand(pool.Guests.Remove(id), $"{Failed}VM {id} is not a pool member");
            }
            else
            {
                Add(call, pool, id, Failed);
            }
        }

        foreach (var id in call.Parameters.List("storage"))
        {
            call.Need($"/storage/{id}", "Permissions.Modify");
            Demand(
                call.Flag("delete") ? pool.Storages.Remove(id) : pool.Storages.Add(id),
                $"{Failed}Storage '{id}' is {(call.Flag("delete") ? "not a" : "already a")} pool member");
        }

        return null;
    }

    private static void Add(Call call, Pool pool, int id, string failed)
    {
        Demand(!pool.Guests.Contains(id), $"{failed}VM {id} is already a pool member");
        if (call.Cluster.PoolOf(id) is { } old)
        {
            Demand(call.Flag("allow-move"), $"{failed}VM {id} belongs already to pool '{old.Id}' and 'allow-move' is not set");
            old.Guests.Remove(id);
        }

        pool.Guests.Add(id);
    }

    private static JsonNode? Delete(Call call)
    {
        const string Failed = "delete pool failed: ";
        var pool = Known(call, Failed);
        if (call.Cluster.Pools.Keys.FirstOrDefault(id => id.StartsWith(pool.Id + "/", StringComparison.Ordinal)) is { } child)
        {
            throw new PveError($"{Failed}pool '{pool.Id}' is not empty (contains pool '{child}')");
        }

        Demand(pool.Guests.Count == 0, $"{Failed}pool '{pool.Id}' is not empty (contains VM {pool.Guests.FirstOrDefault()})");
        Demand(pool.Storages.Count == 0, $"{Failed}pool '{pool.Id}' is not empty (contains storage '{pool.Storages.FirstOrDefault()}')");
        call.Cluster.Pools.Remove(pool.Id);
        call.Cluster.Users.Acl.RemoveAll(entry => entry.Path == $"/pool/{pool.Id}");
        return null;
    }

    private static Pool Known(Call call, string failed)
    {
        var id = call.Parameters.Required("poolid");
        return call.Cluster.Pools.GetValueOrDefault(id) ?? throw new PveError($"{failed}pool '{id}' does not exist");
    }

    private static void Demand(bool holds, string text)
    {
        if (!holds)
        {
            throw new PveError(text);
        }
    }
}
