using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Tasks;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The end of guests, with their volumes; <c>purge</c> takes them out of jobs too.</summary>
internal static class DestroyHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("DELETE /nodes/{node}/qemu/{vmid}", static call => Destroy(call, "qemu"));
        table.Add("DELETE /nodes/{node}/lxc/{vmid}", static call => Destroy(call, "lxc"));
    }

    private static JsonNode Destroy(Call call, string type)
    {
        GuestTexts.DemandRootFor(call, "skiplock");
        var guest = call.Guest(type);
        DemandPossible(call, guest);
        return call.Start(guest.IsQemu ? "qmdestroy" : "vzdestroy", $"{guest.VmId}", task => Destroying(call, guest, task));
    }

    private static void DemandPossible(Call call, Guest guest)
    {
        if (guest.Config["protection"] == "1")
        {
            throw new PveError($"can't remove {guest.Label} - protection mode enabled");
        }

        if (!call.Flag("purge"))
        {
            if (HaRows.Resource(call.Cluster, guest) is not null)
            {
                throw new PveError($"unable to remove {guest.Label} - used in HA resources and purge parameter not set.");
            }

            if (call.Cluster.List("replication").Exists(job => job["guest"]!.GetValue<int>() == guest.VmId))
            {
                throw new PveError($"There is a replication job '{guest.VmId}-0' for guest '{guest.VmId}' - Please remove that first.");
            }
        }

        if (guest.State != RunState.Stopped && !(call.Flag("force") && !guest.IsQemu))
        {
            throw new PveError(guest.IsQemu ? $"VM {guest.VmId} is running - destroy failed" : $"CT {guest.VmId} is running - destroy failed");
        }
    }

    private static IEnumerable<TimeSpan> Destroying(Call call, Guest guest, PveTask task)
    {
        GuestTexts.DemandUnlocked(guest, call);
        if (guest.State != RunState.Stopped)
        {
            GuestPower.TurnOff(guest);
        }

        foreach (var disk in Disk.Of(guest.Config.Values))
        {
            if (call.Cluster.Volumes.Find(disk.Volume) is { } volume && volume.VmId == guest.VmId)
            {
                call.Cluster.Volumes.DemandUnused(volume);
            }
        }

        yield return TimeSpan.FromSeconds(2);
        FreeVolumes(call.Cluster, guest);
        call.Cluster.Guests.Remove(guest.VmId);
        call.Cluster.Users.Acl.RemoveAll(entry => entry.Path == $"/vms/{guest.VmId}");
        foreach (var pool in call.Cluster.Pools.Values)
        {
            pool.Guests.Remove(guest.VmId);
        }

        if (call.Flag("purge"))
        {
            task.Log($"purging {guest.Label} from related configurations..");
            Purge(call.Cluster, guest, task);
        }
    }

    /// <summary>Frees the disks, the unused ones and the saved memories of a guest.</summary>
    public static void FreeVolumes(Cluster cluster, Guest guest)
    {
        foreach (var storage in cluster.Storages.Values)
        {
            storage.Volumes.RemoveAll(volume => volume.VmId == guest.VmId && (volume.Content is "images" or "rootdir"));
        }
    }

    private static void Purge(Cluster cluster, Guest guest, PveTask task)
    {
        cluster.List("replication").RemoveAll(job => job["guest"]!.GetValue<int>() == guest.VmId);
        foreach (var job in cluster.List("backup").Where(static job => job["vmid"] is not null))
        {
            job["vmid"] = string.Join(',', Parameters.Split(job["vmid"]!.GetValue<string>()).Where(id => id != $"{guest.VmId}"));
        }

        cluster.List("backup").RemoveAll(static job => job["vmid"]?.GetValue<string>() == "");
        if (cluster.List(HaRows.Resources).RemoveAll(resource => resource["sid"]!.GetValue<string>() == HaRows.ServiceId(guest)) > 0)
        {
            task.Log($"NOTE: removed {guest.Label} from HA resource configuration.");
        }
    }
}
