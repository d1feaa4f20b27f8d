using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The volumes on a storage: listed as far as the caller may see them, changed, deleted, allocated.</summary>
internal static class ContentHandlers
{
    private const string Path = "/nodes/{node}/storage/{storage}/content";

    public static void AddTo(HandlerTable table)
    {
        table.Add($"GET {Path}", List);
        table.Add($"POST {Path}", Allocate);
        table.Add($"GET {Path}/{{volume}}", Show);
        table.Add($"PUT {Path}/{{volume}}", Change);
        table.Add($"DELETE {Path}/{{volume}}", Delete);
    }

    private static JsonArray List(Call call)
    {
        var storage = call.Cluster.Volumes.Usable(call.Parameters.Required("storage"), call.Node);
        var kinds = call.Parameters.List("content");
        return Rows.Array(storage.Volumes
            .Where(volume => (storage.Shared || volume.Node == call.Node) && (kinds.Count == 0 || kinds.Contains(volume.Content)))
            .Where(volume => (call.Parameters.Integer("vmid") ?? volume.VmId) == volume.VmId && May(call, storage, volume))
            .OrderBy(static volume => volume.VolumeId, StringComparer.Ordinal)
            .Select(Listed));
    }

    private static JsonObject Listed(Volume volume)
    {
        var row = Row(
            ("volid", volume.VolumeId), ("content", volume.Content), ("format", volume.Format), ("size", volume.Size), ("ctime", volume.Created),
            ("vmid", volume.VmId), ("subtype", volume.Subtype), ("notes", volume.Notes?.Split('\n')[0]), ("protected", volume.Protected ? 1 : null));
        if (volume.Content is "images" or "rootdir")
        {
            row["used"] = volume.Used;
            row["parent"] = volume.Parent;
        }

        return row;
    }

    /// <summary>Whether the caller may see a volume.</summary>
    public static bool May(Call call, Storage storage, Volume volume)
    {
        var rights = call.Cluster.Rights;
        var path = $"/storage/{storage.Id}";
        if (rights.Has(call.Identity, path, "Datastore.Allocate"))
        {
            return true;
        }

        return volume.Content switch
        {
            "iso" or "vztmpl" => rights.HasAny(call.Identity, path, "Datastore.AllocateSpace", "Datastore.Audit"),
            "snippets" => rights.Has(call.Identity, path, "Datastore.Audit"),
            "import" => rights.HasAny(call.Identity, path, "Datastore.AllocateSpace", "Datastore.Audit"),
            "backup" => volume.VmId is { } owner && rights.Has(call.Identity, path, "Datastore.AllocateSpace") && rights.Has(call.Identity, $"/vms/{owner}", "VM.Backup"),
            _ => volume.VmId is { } owner && rights.Has(call.Identity, path, "Datastore.Audit") && rights.Has(call.Identity, $"/vms/{owner}", "VM.Config.Disk"),
        };
    }

    // The id in the path may come with the storage or without.
    private static (Storage Storage, string Id) Named(Call call)
    {
        var id = call.Parameters.Required("storage");
        var text = call.Parameters.Required("volume");
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text[..colon] != id)
        {
            throw PveError.Parameter("volume", $"storage ID mismatch ({text[..colon]} != {id})\n");
        }

        return (call.Cluster.Volumes.Usable(id, call.Node), colon > 0 ? text : $"{id}:{text}");
    }

    private static JsonObject Show(Call call)
    {
        var (storage, id) = Named(call);
        var volume = storage.Volumes.Find(volume => volume.VolumeId == id);
        if (volume is not null && !May(call, storage, volume))
        {
            throw PveError.Forbidden($"/storage/{storage.Id}, Datastore.Allocate");
        }

        if (volume is null)
        {
            throw new PveError($"volume_size_info on '{id}' failed - no format");
        }

        // Sizes are told in blocks, formats as the image tool sees them.
        var image = volume.Content is "images" or "rootdir";
        return Row(
            ("path", Volumes.PathOf(storage, volume)), ("format", volume.Content is "iso" or "vztmpl" or "backup" ? "raw" : volume.Format),
            ("size", image ? volume.Size : (volume.Size + 511) / 512 * 512), ("used", image ? volume.Used : (volume.Used + 4095) / 4096 * 4096),
            ("notes", volume.Content == "backup" ? volume.Notes : null), ("protected", volume.Content == "backup" && volume.Protected ? 1 : null));
    }

    private static JsonNode? Change(Call call)
    {
        var (storage, id) = Named(call);
        var volume = storage.Volumes.Find(volume => volume.VolumeId == id) ?? throw new PveError($"volume '{id}' does not exist");
        DemandDelete(call, storage, volume);
        if (volume.Content != "backup")
        {
            throw new PveError($"{(call.Parameters.Has("notes") ? "notes" : "protection")} are not supported for {storage.Type} volumes of this kind");
        }

        volume.Notes = call.Parameters.Names.Contains("notes") ? call["notes"] : volume.Notes;
        volume.Protected = call.Parameters.Flag("protected", volume.Protected);
        return null;
    }

    private static void DemandDelete(Call call, Storage storage, Volume? volume)
    {
        if (volume is { Content: "backup", VmId: { } owner })
        {
            call.Need($"/storage/{storage.Id}", "Datastore.AllocateSpace");
            call.Need($"/vms/{owner}", "VM.Backup");
        }
        else
        {
            call.Need($"/storage/{storage.Id}", "Datastore.Allocate");
        }
    }

    private static JsonNode Delete(Call call)
    {
        var (storage, id) = Named(call);
        var volume = storage.Volumes.Find(volume => volume.VolumeId == id);
        DemandDelete(call, storage, volume);
        var owner = volume?.VmId ?? OwnerOf(id);
        var upid = call.Start("imgdel", owner is null ? storage.Id : $"{owner}@{storage.Id}", task => Deleting(call, storage, volume, id, task));
        if (call.Parameters.Integer("delay") is > 0 and var seconds)
        {
            call.Awaited = (call.Cluster.Tasks.Find(upid)!, TimeSpan.FromSeconds(seconds));
        }

        return upid;
    }

    private static int? OwnerOf(string id)
    {
        var name = id.Split('/')[^1].Split('-');
        var part = name is ["vzdump", _, var backup, ..] ? backup : name is ["vm" or "base" or "subvol", var disk, ..] ? disk : "";
        return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? owner : null;
    }

    private static IEnumerable<TimeSpan> Deleting(Call call, Storage storage, Volume? volume, string id, PveTask task)
    {
        if (volume?.Protected == true)
        {
            throw new TaskError($"cannot remove protected volume '{volume.Name}' on '{storage.Id}'");
        }

        if (volume is not null)
        {
            call.Cluster.Volumes.DemandUnused(volume);
        }
        else
        {
            task.Log($"disk image '{MissingPath(storage, id)}' does not exist");
        }

        yield return TimeSpan.FromSeconds(1);
        if (volume is not null)
        {
            storage.Volumes.Remove(volume);
        }

        task.Log($"Removed volume '{id}'");
    }

    private static string MissingPath(Storage storage, string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/') switch
    {
        ["iso", var file] => $"{storage.Path}/template/iso/{file}",
        ["vztmpl", var file] => $"{storage.Path}/template/cache/{file}",
        ["backup", var file] => $"{storage.Path}/dump/{file}",
        var parts => $"{storage.Path}/images/{string.Join('/', parts)}",
    };

    private static JsonNode Allocate(Call call)
    {
        var storage = call.Cluster.Volumes.Usable(call.Parameters.Required("storage"), call.Node);
        var text = call.Parameters.Required("size");
        var size = DiskSize.Parse(text.TrimEnd('K', 'M', 'G', 'T') == text ? text + "K" : text)
            ?? throw PveError.Parameter("size", $"unable to parse size '{text}'");
        var name = call.Parameters.Required("filename");
        var id = $"{storage.Id}:{(storage.IsFileBased ? $"{call.VmId}/" : "")}{name}";
        if (storage.Volumes.Exists(volume => volume.VolumeId == id))
        {
            throw new PveError($"disk image '{storage.Path}/images/{call.VmId}/{name}' already exists");
        }

        storage.Volumes.Add(new Volume
        {
            VolumeId = id,
            Content = "images",
            Format = call["format"] ?? "raw",
            Node = call.Node,
            Size = size,
            Used = 4096,
            VmId = call.VmId,
            Created = call.Cluster.Seconds,
        });
        return id;
    }
}
