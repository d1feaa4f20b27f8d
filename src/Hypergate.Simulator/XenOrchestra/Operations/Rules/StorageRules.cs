using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Storage repositories and their connections to hosts.</summary>
internal static class StorageRules
{
    private static readonly string[] Local = ["dummy", "ext", "file", "largeblock", "lvm", "udev", "xfs", "zfs", "hba"];

    public static IEnumerable<OperationRule> All =>
    [
        new("POST /srs", Create),
        new("DELETE /srs/{id}", Remove),
        new("POST /srs/{id}/actions/forget", Remove),
        new OperationRule("POST /srs/{id}/actions/scan", Touch).Taking(0.3),
        new OperationRule("POST /srs/{id}/actions/reclaim_space", Reclaim).Taking(0.3),
        new("POST /pbds/{id}/actions/plug", context => SetAttached(context, attached: true)),
        new("POST /pbds/{id}/actions/unplug", context => SetAttached(context, attached: false)),
    ];

    /// <summary>Takes storage out of its pool, with its connections and its disks.</summary>
    public static void RemoveStorage(DataCentre world, JsonObject sr)
    {
        foreach (var disk in sr.Ids("VDIs"))
        {
            Unmount(world, disk);
            Storage.RemoveDisk(world, disk);
        }

        foreach (var id in sr.Ids("$PBDs"))
        {
            RemoveConnection(world, id);
        }

        world["pools"].Change(sr.Pool(), pool =>
        {
            foreach (var use in pool.Where(field => field.Key is "default_SR" or "suspendSr" && IsText(field.Value, sr.Id())).ToList())
            {
                pool.Remove(use.Key);
            }
        });
        world["srs"].Remove(sr.Id());
    }

    public static void RemoveConnection(DataCentre world, string id)
    {
        var pbd = world.Require("pbds", id);
        world.Unlink(["srs"], pbd.Text("SR"), "$PBDs", id);
        world.Unlink(["hosts"], pbd.Text("host"), "$PBDs", id);
        world["pbds"].Remove(id);
    }

    public static void AddConnection(DataCentre world, JsonObject sr, JsonObject host, JsonObject device)
    {
        var attached = host.Text("power_state") == "Running";
        var pbd = StorageRecord.CreateConnection(host.Id(), sr.Id(), device, attached).AddTo(world, "pbds", sr.Pool());
        world.Link(["srs"], sr.Id(), "$PBDs", pbd.Id());
        world.Link(["hosts"], host.Id(), "$PBDs", pbd.Id());
    }

    private static JsonObject Create(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        var host = world.Require("hosts", body.Text("hostId"));
        var type = body.Text("SR_type");
        if (type == "linstor")
        {
            throw new XoError(501, "not implemented");
        }

        var shared = !Local.Contains(type, StringComparer.Ordinal);
        var size = body["size"] is null ? 1L << 40 : body.Number("size");
        var sr = StorageRecord.Create(body.Text("name_label"), type, size, shared ? host.Pool() : host.Id(), shared);
        sr["name_description"] = body.TextOrNull("name_description") ?? "";
        sr["content_type"] = body.TextOrNull("content_type") ?? sr.Text("content_type");
        sr["sm_config"] = body["sm_config"]?.DeepClone() ?? new JsonObject();
        sr.AddTo(world, "srs", host.Pool());
        var hosts = shared ? world["hosts"].All.Where(other => other.Pool() == host.Pool()).ToList() : [host];
        hosts.ForEach(member => AddConnection(world, sr, member, DeviceConfig(body)));
        return RuleContext.Made(sr.Id());
    }

    /// <summary>What the storage needs to be found, without its secrets.</summary>
    private static JsonObject DeviceConfig(JsonObject body)
    {
        var config = body["device_config"]!.DeepClone().AsObject();
        config.Remove("password");
        config.Remove("chappassword");
        return config;
    }

    private static JsonNode? Remove(OperationContext context)
    {
        var (world, sr) = (context.World, context.Target("srs"));
        CheckUnused(world, sr);
        RemoveStorage(world, sr);
        return null;
    }

    private static JsonNode? Touch(OperationContext context)
    {
        context.World["srs"].Change(context.Target("srs").Id(), _ => { });
        return null;
    }

    private static JsonNode? Reclaim(OperationContext context)
    {
        var sr = context.Target("srs");
        return sr.Text("SR_type").StartsWith("lvm", StringComparison.Ordinal)
            ? Touch(context)
            : throw XoErrors.Hypervisor("SR_OPERATION_NOT_SUPPORTED", sr.Reference());
    }

    private static JsonNode? SetAttached(OperationContext context, bool attached)
    {
        var (world, pbd) = (context.World, context.Target("pbds"));
        var host = world.Require("hosts", pbd.Text("host"));
        if (host.Text("power_state") != "Running")
        {
            throw XoErrors.Hypervisor("HOST_OFFLINE", host.Reference());
        }

        if (!attached)
        {
            CheckUnused(world, world.Require("srs", pbd.Text("SR")), host.Id());
        }

        world["pbds"].Change(pbd.Id(), item => item["attached"] = attached);
        return null;
    }

    /// <exception cref="XoError">A VM that runs, on the given host if there is one, has a disk of this storage.</exception>
    private static void CheckUnused(DataCentre world, JsonObject sr, string? host = null)
    {
        var used = sr.Ids("VDIs").Select(id => world.FindIn(Links.Disks, id)!.Value.Item)
            .FirstOrDefault(disk => disk.Ids("$VBDs").Any(id => IsPluggedOn(world, world.Require("vbds", id), host)));
        if (used is not null)
        {
            throw XoErrors.Hypervisor("VDI_IN_USE", used.Reference(), "destroy");
        }
    }

    private static bool IsPluggedOn(DataCentre world, JsonObject device, string? host) =>
        device.Flag("attached")
        && (host is null || world.FindIn(Links.Machines, device.Text("VM"))?.Item.Text("$container") == host);

    // The drive of a VM outlives the disk that was in it.
    private static void Unmount(DataCentre world, string disk)
    {
        var devices = world.FindIn(Links.Disks, disk)!.Value.Item.Ids("$VBDs");
        foreach (var id in devices.Where(id => world.Require("vbds", id).Flag("is_cd_drive")))
        {
            world["vbds"].Change(id, device => device.Remove("VDI"));
            world.Unlink(Links.Disks, disk, "$VBDs", id);
        }
    }

    private static bool IsText(JsonNode? value, string text) =>
        value is JsonValue leaf && leaf.TryGetValue(out string? own) && own == text;
}
