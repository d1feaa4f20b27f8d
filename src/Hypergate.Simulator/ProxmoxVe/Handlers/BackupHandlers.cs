using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Backups made and pruned.</summary>
internal static class BackupHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("POST /nodes/{node}/vzdump", Dump);
        table.Add("GET /nodes/{node}/vzdump/defaults", static _ => Row(
            ("mode", "snapshot"), ("storage", "local"), ("compress", "0"), ("remove", 1), ("prune-backups", Row(("keep-all", "1")))));
        table.Add("GET /nodes/{node}/vzdump/extractconfig", ExtractConfig);
        table.Add("GET /nodes/{node}/storage/{storage}/prunebackups", static call => Rows.Array(Marked(call).Select(static mark => Row(
            ("volid", mark.Volume.VolumeId), ("ctime", mark.Volume.Created), ("mark", mark.Mark), ("type", mark.Volume.Subtype), ("vmid", mark.Volume.VmId)))));
        table.Add("DELETE /nodes/{node}/storage/{storage}/prunebackups", Prune);
    }

    private static JsonNode Dump(Call call)
    {
        var cluster = call.Cluster;
        var all = call.Flag("all");
        var asked = call["pool"] is { } pool
            ? cluster.Pools.GetValueOrDefault(pool)?.Guests.ToList() ?? throw new PveError($"pool '{pool}' does not exist")
            : [.. call.Parameters.List("vmid").Select(static id => int.Parse(id, CultureInfo.InvariantCulture))];
        if (!all && asked.Count == 0 && !call.Flag("stop"))
        {
            throw PveError.Parameter("vmid", "property is missing and it is not optional");
        }

        foreach (var id in asked)
        {
            call.Need($"/vms/{id}", "VM.Backup");
        }

        if (call["bwlimit"] is not null)
        {
            call.Need("/", "Sys.Modify");
        }

        var excluded = call.Parameters.List("exclude");
        var local = (all ? [.. cluster.Guests.Keys] : asked)
            .FindAll(id => !excluded.Contains($"{id}") && (!cluster.Guests.TryGetValue(id, out var guest) || guest.Node == call.Node))
            .FindAll(id => !all || call.May($"/vms/{id}", "VM.Backup"));

        // Nothing of it is on this node: fine, and nothing is done.
        if (local.Count == 0 && !all)
        {
            return "OK";
        }

        var storage = call["storage"] ?? "local";
        call.Need($"/storage/{storage}", "Datastore.AllocateSpace");
        return call.Start("vzdump", local.Count == 1 ? $"{local[0]}" : "", task => new BackupWork(call, task).Run(local, storage));
    }

    private static JsonNode ExtractConfig(Call call)
    {
        var id = call.Parameters.Required("volume");
        var volume = call.Cluster.Volumes.Find(id) ?? throw new PveError($"volume '{id}' does not exist");
        return string.Concat((volume.SavedConfig ?? []).Select(static entry => $"{entry.Key}: {entry.Value}\n"));
    }

    private static IEnumerable<(Volume Volume, string Mark)> Marked(Call call)
    {
        var storage = call.Cluster.Volumes.Usable(call.Parameters.Required("storage"), call.Node);
        var keep = Keep(call["prune-backups"]);
        return storage.Volumes
            .Where(volume => volume.Content == "backup" && (call.Parameters.Integer("vmid") ?? volume.VmId) == volume.VmId && (call["type"] ?? volume.Subtype) == volume.Subtype)
            .GroupBy(static volume => volume.VmId)
            .SelectMany(group => group.OrderByDescending(static volume => volume.Created)
                .Select((volume, index) => (volume, volume.Protected ? "protected" : index < keep ? "keep" : "remove")));
    }

    /// <summary>How many of the newest a retention keeps: the sum of its counts, a simpler rule than the platform's calendar.</summary>
    public static int Keep(string? retention)
    {
        var counts = (retention ?? "keep-all=1").Split(',').Select(static part => part.Split('=')).Where(static part => part.Length == 2).ToList();
        return counts.Exists(static part => part[0] == "keep-all" && part[1] != "0")
            ? int.MaxValue
            : counts.Sum(static part => int.TryParse(part[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);
    }

    private static JsonNode Prune(Call call)
    {
        var storage = call.Cluster.Volumes.Usable(call.Parameters.Required("storage"), call.Node);
        var removed = Marked(call).Where(static mark => mark.Mark == "remove").Select(static mark => mark.Volume).ToList();
        return call.Start("prunebackups", call["vmid"] is { } id ? $"{id}@{storage.Id}" : storage.Id, task =>
        {
            removed.ForEach(volume =>
            {
                storage.Volumes.Remove(volume);
                task.Log($"removing backup '{volume.VolumeId}'");
            });
            return [];
        });
    }
}
