using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Disks of guests: grown, moved to another storage, detached.</summary>
internal static class DiskHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("PUT /nodes/{node}/qemu/{vmid}/resize", static call => Resize(call, "qemu"));
        table.Add("PUT /nodes/{node}/lxc/{vmid}/resize", static call => Resize(call, "lxc"));
        table.Add("POST /nodes/{node}/qemu/{vmid}/move_disk", static call => Move(call, "qemu", "disk", "qmmove"));
        table.Add("POST /nodes/{node}/lxc/{vmid}/move_volume", static call => Move(call, "lxc", "volume", "vzmove"));
        table.Add("PUT /nodes/{node}/qemu/{vmid}/unlink", Unlink);
    }

    private static JsonNode Resize(Call call, string type)
    {
        GuestTexts.DemandRootFor(call, "skiplock");
        return call.Start("resize", $"{call.VmId}", task => Resizing(call, call.Guest(type), task));
    }

    private static IEnumerable<TimeSpan> Resizing(Call call, Guest guest, PveTask task)
    {
        GuestTexts.DemandDigest(guest, call);
        GuestTexts.DemandUnlocked(guest, call);
        var disk = Known(guest, call.Parameters.Required("disk"));
        if (disk.IsCdrom)
        {
            throw new TaskError("you can't resize a cdrom");
        }

        var text = call.Parameters.Required("size");
        var old = call.Cluster.Volumes.Find(disk.Volume)?.Size ?? disk.Size;
        var size = DiskSize.Parse(text.TrimStart('+'))!.Value + (text[0] == '+' ? old : 0);
        if (size < old)
        {
            throw new TaskError(guest.IsQemu ? "shrinking disks is not supported" : "unable to shrink disk size");
        }

        yield return TimeSpan.FromMilliseconds(500);
        if (size == old)
        {
            yield break;
        }

        if (call.Cluster.Volumes.Find(disk.Volume) is { } volume)
        {
            volume.Size = size;
        }

        task.Log(call.Cluster.Storages.GetValueOrDefault(disk.Storage ?? "")?.IsFileBased == false ? $"  Logical volume {disk.Volume} successfully resized." : "Image resized.");
        guest.Config[disk.Key] = disk.With("size", DiskSize.Text(size)).Text;
    }

    private static Disk Known(Guest guest, string key) => guest.Config[key] is { } value
        ? Disk.Parse(key, value)
        : throw new TaskError($"disk '{key}' does not exist");

    private static JsonNode Move(Call call, string type, string parameter, string task)
    {
        var guest = call.Guest(type);
        var key = call.Parameters.Required(parameter);
        if (call["storage"] is not { } id)
        {
            throw PveError.Parameters(new Dictionary<string, string>
            {
                ["storage"] = "either set storage or target-vmid, but not both",
                ["target-vmid"] = "either set storage or target-vmid, but not both",
            });
        }

        call.Need($"/storage/{id}", "Datastore.AllocateSpace");
        var storage = call.Cluster.Volumes.Usable(id, call.Node);
        GuestTexts.DemandDigest(guest, call);
        GuestTexts.DemandUnlocked(guest, call);
        var disk = Disk.Parse(key, guest.Config[key] ?? throw new PveError($"disk '{key}' does not exist"));
        if (disk.IsCdrom)
        {
            throw new PveError("you can't move a cdrom");
        }

        if (disk.Storage == id && call["format"] is null)
        {
            throw new PveError("you can't move to the same storage with same format");
        }

        if (!storage.Content.Contains(guest.IsQemu ? "images" : "rootdir"))
        {
            throw PveError.Parameter("storage", $"storage '{id}' does not support vm images");
        }

        return call.Start(task, $"{call.VmId}", running => Moving(call, guest, disk, storage, running));
    }

    private static IEnumerable<TimeSpan> Moving(Call call, Guest guest, Disk disk, Storage storage, PveTask task)
    {
        guest.Lock = "disk";
        var volume = call.Cluster.Volumes.Allocate(guest, storage, disk.Size, Volumes.FormatOf(storage, call["format"], !guest.IsQemu));
        task.Log(Volumes.Creation(storage, volume));
        yield return TimeSpan.FromSeconds(10);
        guest.Lock = null;
        guest.Config[disk.Key] = (disk with { Volume = volume.VolumeId }).Text;
        if (call.Flag("delete"))
        {
            call.Cluster.Volumes.Free(disk.Volume);
        }
        else
        {
            guest.Config["unused0"] ??= disk.Volume;
        }
    }

    private static JsonNode? Unlink(Call call)
    {
        call.Parameters["delete"] = call["idlist"];
        call.Parameters.Remove("idlist");
        new ConfigChange(call, "qemu").Apply(static _ => { });
        return null;
    }
}
