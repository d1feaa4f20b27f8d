using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>A small vSphere: two hosts, a datastore, six machines.</summary>
internal static class VspherePart
{
    private const string Cluster = "vc1";
    private static readonly string[] Hosts = ["esx1", "esx2"];
    private static readonly string[] Roles = ["erp", "print", "badge", "fax", "scan", "legacy"];

    public static void Add(PxWorld world)
    {
        world["clusters"].Add(new JsonObject
        {
            ["id"] = Cluster,
            ["name"] = Cluster,
            ["platform"] = "vsphere",
            ["status"] = "healthy",
            ["quorate"] = true,
            ["endpoint"] = "https://vcenter.example.test",
            ["region"] = "reg-0002",
        });
        foreach (var host in Hosts)
        {
            world["nodes"].Add(new JsonObject
            {
                ["id"] = $"{Cluster}:{host}",
                ["name"] = host,
                ["cluster"] = Cluster,
                ["status"] = "online",
                ["cpu_cores"] = 32,
                ["cpu_usage"] = 0.0,
                ["memory_mb"] = 262_144,
                ["memory_used_mb"] = 0,
                ["vms"] = 0,
                ["uptime"] = 8_640_000,
                ["version"] = "8.0.3",
                ["address"] = $"{host}.example.test",
                ["kernel"] = "VMkernel 8.0.3",
                ["subscription"] = "standard",
                ["maintenance_reason"] = null,
            });
        }

        world["storages"].Add(new JsonObject
        {
            ["id"] = $"{Cluster}:datastore1",
            ["name"] = "datastore1",
            ["cluster"] = Cluster,
            ["type"] = "vmfs",
            ["total_gb"] = 4096,
            ["used_gb"] = 3740,
            ["shared"] = true,
            ["content"] = Objects.Words("images"),
            ["active"] = true,
        });
        world["networks"].Add(new JsonObject { ["id"] = $"{Cluster}:vm-network", ["name"] = "VM Network", ["cluster"] = Cluster, ["bridge"] = "vSwitch0", ["vlan"] = null });
        for (var i = 0; i < Roles.Length; i++)
        {
            world["vms"].Add(Machine(world, i));
        }
    }

    private static JsonObject Machine(PxWorld world, int i)
    {
        var (number, host) = (1001 + i, Hosts[i % Hosts.Length]);
        return new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{Cluster}:{host}:{number}"),
            ["name"] = $"{Roles[i]}-01",
            ["vmid"] = number,
            ["cluster"] = Cluster,
            ["node"] = host,
            ["platform"] = "vsphere",
            ["status"] = i == 5 ? "stopped" : "running",
            ["cpu"] = 2,
            ["memory_mb"] = 8192,
            ["tags"] = Objects.Words("production", Roles[i]),
            ["template"] = false,
            ["ip"] = null,
            ["uptime"] = i == 5 ? 0 : 600_000 + (i * 3600),
            ["description"] = "",
            ["disks"] = new JsonArray(new JsonObject { ["key"] = "disk0", ["storage"] = "datastore1", ["size_gb"] = 80, ["format"] = "vmdk", ["ssd"] = null }),
            ["nics"] = new JsonArray(new JsonObject { ["key"] = "nic0", ["network"] = "VM Network", ["mac"] = string.Create(CultureInfo.InvariantCulture, $"00:50:56:00:00:{i:X2}"), ["vlan"] = null, ["model"] = "vmxnet3" }),
            ["protection"] = i == 0,
            ["lock"] = null,
            ["created_at"] = world.Seconds - 80_000_000,
            ["firewall_enabled"] = false,
        };
    }
}
