using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The storages of the configuration, and as each node sees them.</summary>
internal static class StorageHandlers
{
    private static readonly HashSet<string> Known = ["storage", "type", "content", "nodes", "shared", "disable", "path", "digest", "delete"];

    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /nodes/{node}/storage", OfNode);
        table.Add("GET /nodes/{node}/storage/{storage}", static _ => Directory("subdir", ["content", "download-url", "file-restore", "import-metadata", "prunebackups", "rrd", "rrddata", "status", "upload"]));
        table.Add("GET /nodes/{node}/storage/{storage}/status", static call =>
        {
            var row = StorageRows.OfNode(call.Cluster.Volumes.Storage(call.Parameters.Required("storage")), call.Node);
            row.Remove("storage");
            row.Remove("used_fraction");
            return row;
        });
        table.Add("GET /storage", static call => Rows.Array(call.Cluster.Storages.Values
            .Where(storage => May(call, storage.Id) && (call["type"] ?? storage.Type) == storage.Type)
            .Select(Configured)));
        table.Add("GET /storage/{storage}", static call => Configured(call.Cluster.Volumes.Storage(call.Parameters.Required("storage"))));
        table.Add("POST /storage", Create);
        table.Add("PUT /storage/{storage}", Update);
        table.Add("DELETE /storage/{storage}", static call =>
        {
            call.Cluster.Volumes.Storage(call.Parameters.Required("storage"));
            call.Cluster.Storages.Remove(call.Parameters.Required("storage"));
            return null;
        });
    }

    private static bool May(Call call, string id) => call.Cluster.Rights.HasAny(call.Identity, $"/storage/{id}", "Datastore.Audit", "Datastore.AllocateSpace");

    private static JsonArray OfNode(Call call)
    {
        if (call["storage"] is { } one)
        {
            call.Cluster.Volumes.Storage(one);
        }

        var target = call["target"];
        var kinds = call.Parameters.List("content");
        return Rows.Array(call.Cluster.Storages.Values
            .Where(storage => storage.OnNode(call.Node) && (target is null || (storage.Shared && storage.OnNode(target)) || storage.OnNode(target)))
            .Where(storage => May(call, storage.Id) && (call["storage"] ?? storage.Id) == storage.Id)
            .Where(storage => (kinds.Count == 0 || storage.Content.Overlaps(kinds)) && !(call.Flag("enabled") && storage.Disabled))
            .Select(storage => StorageRows.OfNode(storage, call.Node)));
    }

    private static JsonObject Configured(Storage storage)
    {
        var row = Row(
            ("storage", storage.Id), ("type", storage.Type), ("content", string.Join(',', storage.Content)), ("shared", storage.Shared ? 1 : null),
            ("path", storage.Path.Length > 0 ? storage.Path : null), ("disable", storage.Disabled ? 1 : null),
            ("nodes", storage.Nodes.Count > 0 ? string.Join(',', storage.Nodes) : null), ("digest", ConfigDigest.Of(storage.Id)));
        foreach (var (name, value) in storage.Settings)
        {
            row[name] = value;
        }

        return row;
    }

    private static JsonObject Create(Call call)
    {
        var id = call.Parameters.Required("storage");
        if (call.Cluster.Storages.ContainsKey(id))
        {
            throw new PveError($"create storage failed: storage ID '{id}' already defined");
        }

        var storage = new Storage { Id = id, Type = call.Parameters.Required("type"), Path = call["path"] ?? "", Total = 100L << 30 };
        storage.Shared = storage.Type is "nfs" or "cifs" or "rbd" or "cephfs" or "pbs";
        Apply(call, storage);
        call.Cluster.Storages[id] = storage;
        return Row(("storage", id), ("type", storage.Type));
    }

    private static JsonObject Update(Call call)
    {
        var storage = call.Cluster.Volumes.Storage(call.Parameters.Required("storage"));
        Apply(call, storage);
        return Row(("storage", storage.Id), ("type", storage.Type));
    }

    private static void Apply(Call call, Storage storage)
    {
        storage.Disabled = call.Parameters.Flag("disable", storage.Disabled);
        storage.Shared = call.Parameters.Flag("shared", storage.Shared);
        if (call.Parameters.Has("content"))
        {
            storage.Content.Clear();
            storage.Content.UnionWith(call.Parameters.List("content"));
        }
        else if (storage.Content.Count == 0)
        {
            storage.Content.Add("images");
        }

        if (call.Parameters.Has("nodes"))
        {
            storage.Nodes.Clear();
            storage.Nodes.UnionWith(call.Parameters.List("nodes"));
        }

        foreach (var name in call.Parameters.Names.Where(name => !Known.Contains(name) && call.Parameters.Has(name)))
        {
            storage.Settings[name] = call[name]!;
        }

        foreach (var name in call.Parameters.List("delete"))
        {
            storage.Settings.Remove(name);
            storage.Disabled &= name != "disable";
        }
    }
}
