using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The storage of a pool: shared disks, shared installation images, and what each host has for itself.</summary>
internal static class StorageSeed
{
    private static readonly string[] Drivers = ["nfs", "lvm", "iso", "udev"];

    private static readonly string[] Images =
        ["debian-12.6.0-amd64-netinst.iso", "ubuntu-24.04-live-server-amd64.iso", "windows-server-2025.iso"];

    public static void Add(SeedRun run, PoolPlan pool)
    {
        foreach (var driver in Drivers)
        {
            Driver(driver).AddTo(run.World, "sms", pool.Id);
        }

        var hosts = pool.Hosts;
        pool.SharedStorage = StorageRecord.Create($"{pool.Prefix}-nfs", "nfs", 20L << 40, pool.Id, shared: true)
            .AddTo(run.World, "srs", pool.Id);
        Connect(run, pool.SharedStorage, hosts, ("server", "10.0.1.5"), ("serverpath", "/export/xcp"));
        var images = StorageRecord.Create($"{pool.Prefix}-iso", "iso", 500L << 30, pool.Id, shared: true)
            .AddTo(run.World, "srs", pool.Id);
        Connect(run, images, hosts, ("location", "10.0.1.5:/export/iso"));
        foreach (var image in Images)
        {
            DiskSeed.Add(run, images, image, 4L << 30);
        }

        foreach (var host in hosts)
        {
            var local = StorageRecord.Create($"Local storage {host.Text("name_label")}", "lvm", 1800L << 30, host.Id(), shared: false)
                .AddTo(run.World, "srs", pool.Id);
            Connect(run, local, [host], ("device", "/dev/sda3"));
            pool.LocalStorage.Add(local);
        }
    }

    private static void Connect(SeedRun run, JsonObject sr, List<JsonObject> hosts, params (string Key, string Value)[] device)
    {
        foreach (var host in hosts)
        {
            var config = new JsonObject(device.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
            var attached = host.Text("power_state") == "Running";
            var pbd = StorageRecord.CreateConnection(host.Id(), sr.Id(), config, attached).AddTo(run.World, "pbds", sr.Pool());
            sr.List("$PBDs").Add(pbd.Id());
            host.List("$PBDs").Add(pbd.Id());
        }
    }

    private static JsonObject Driver(string name) => new()
    {
        ["type"] = "SM",
        ["name_description"] = $"SR plugin for {name}",
        ["name_label"] = name.ToUpperInvariant(),
        ["SM_type"] = name,
        ["configuration"] = new JsonObject(),
        ["vendor"] = "Vates",
        ["features"] = name switch
        {
            "nfs" => new JsonObject { ["VDI_CREATE"] = "1", ["VDI_SNAPSHOT"] = "1" },
            "lvm" => new JsonObject { ["VDI_CREATE"] = "1" },
            _ => [],
        },
        ["driver_filename"] = $"/opt/xensource/sm/{name}SR",
        ["required_cluster_stack"] = new JsonArray(),
        ["supported_image_formats"] = new JsonArray("vhd", "qcow2"),
    };
}
