using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>A cluster of Proxmox VE as PXCloud sees it.</summary>
internal static class ProxmoxPart
{
    private const int Gigabyte = 30;

    public static void Add(PxWorld world, Cluster cluster)
    {
        world["clusters"].Add(new JsonObject
        {
            ["id"] = cluster.Name,
            ["name"] = cluster.Name,
            ["platform"] = "proxmox",
            ["status"] = cluster.Nodes.TrueForAll(static node => node.Reachable) ? "healthy" : "degraded",
            ["quorate"] = cluster.Quorate,
            ["endpoint"] = $"https://{cluster.Local.Address}:8006",
            ["region"] = "reg-0001",
        });
        foreach (var node in cluster.Nodes)
        {
            world["nodes"].Add(Node(cluster, node));
        }

        foreach (var storage in cluster.Storages.Values)
        {
            world["storages"].Add(Storage(cluster, storage));
        }

        world["networks"].Add(new JsonObject { ["id"] = $"{cluster.Name}:vmbr0", ["name"] = "guests", ["cluster"] = cluster.Name, ["bridge"] = "vmbr0", ["vlan"] = null });
        foreach (var guest in cluster.Guests.Values)
        {
            var vm = Machine(world, cluster, guest);
            world["vms"].Add(vm);
            Snapshots(world, guest, vm.Text("id")!);
        }

        Backups(world, cluster);
    }

    private static JsonObject Node(Cluster cluster, ClusterNode node) => new()
    {
        ["id"] = $"{cluster.Name}:{node.Name}",
        ["name"] = node.Name,
        ["cluster"] = cluster.Name,
        ["status"] = node.Reachable ? "online" : "offline",
        ["cpu_cores"] = (int)node.Cores,
        ["cpu_usage"] = 0.0,
        ["memory_mb"] = node.MaxMemory >> 20,
        ["memory_used_mb"] = 0,
        ["vms"] = 0,
        ["uptime"] = node.Reachable ? (long)node.UptimeAtStart.TotalSeconds : 0,
        ["version"] = cluster.Options.Version,
        ["address"] = node.Address,
        ["kernel"] = "6.14.11-4-pve",
        ["subscription"] = null,
        ["maintenance_reason"] = null,
    };

    private static JsonObject Storage(Cluster cluster, Storage storage) => new()
    {
        ["id"] = $"{cluster.Name}:{storage.Id}",
        ["name"] = storage.Id,
        ["cluster"] = cluster.Name,
        ["type"] = storage.Type,
        ["total_gb"] = storage.Total >> Gigabyte,
        ["used_gb"] = storage.Used(cluster.Local.Name) >> Gigabyte,
        ["shared"] = storage.Shared,
        ["content"] = Objects.Words(storage.Content.Order(StringComparer.Ordinal)),
        ["active"] = !storage.Disabled,
    };

    private static JsonObject Machine(PxWorld world, Cluster cluster, Guest guest)
    {
        var status = guest.State switch { RunState.Running => "running", RunState.Paused => "paused", _ => "stopped" };
        return new JsonObject
        {
            ["id"] = $"{cluster.Name}:{guest.Node}:{guest.VmId}",
            ["name"] = guest.Name,
            ["vmid"] = guest.VmId,
            ["cluster"] = cluster.Name,
            ["node"] = guest.Node,
            ["platform"] = "proxmox",
            ["status"] = status,
            ["cpu"] = Number(guest.Config["cores"], 1),
            ["memory_mb"] = Number(guest.Config["memory"], 512),
            ["tags"] = Objects.Words(guest.Tags),
            ["template"] = guest.IsTemplate,
            ["ip"] = null,
            ["uptime"] = status == "stopped" ? 0 : world.Seconds - guest.StartedAt.ToUnixTimeSeconds(),
            ["description"] = guest.Config["description"] ?? "",
            ["disks"] = Disks(cluster, guest),
            ["nics"] = Nics(guest),
            ["protection"] = guest.Config["protection"] == "1",
            ["lock"] = null,
            ["created_at"] = guest.CreatedAt.ToUnixTimeSeconds(),
            ["firewall_enabled"] = guest.VmId % 2 == 0,
        };
    }

    private static JsonArray Disks(Cluster cluster, Guest guest) =>
    [
        .. cluster.Storages.Values.SelectMany(static storage => storage.Volumes.Select(volume => (storage, volume)))
            .Where(pair => pair.volume.VmId == guest.VmId && pair.volume.Content is "images" or "rootdir")
            .Select(static (pair, index) => (JsonNode)new JsonObject
            {
                ["key"] = $"disk{index}", ["storage"] = pair.storage.Id, ["size_gb"] = pair.volume.Size >> Gigabyte, ["format"] = "raw", ["ssd"] = null,
            }),
    ];

    private static JsonArray Nics(Guest guest) => guest.Config["net0"] is { } net
        ? [new JsonObject { ["key"] = "nic0", ["network"] = "guests", ["mac"] = net.Split(',')[0].Split('=').Last(), ["vlan"] = null, ["model"] = "virtio" }]
        : [];

    private static void Snapshots(PxWorld world, Guest guest, string id)
    {
        foreach (var snapshot in guest.Config.Snapshots.Values)
        {
            world["snapshots"].Add(new JsonObject
            {
                ["id"] = world.NewId("snapshots"),
                ["vm_id"] = id,
                ["name"] = snapshot.Name,
                ["description"] = snapshot.Description,
                ["created_at"] = snapshot.Time,
                ["with_memory"] = false,
                ["_status"] = "stopped",
            });
        }
    }

    private static void Backups(PxWorld world, Cluster cluster)
    {
        foreach (var storage in cluster.Storages.Values)
        {
            foreach (var volume in storage.Volumes.Where(static volume => volume.Content == "backup"))
            {
                if (world["vms"].Find(vm => vm.Text("cluster") == cluster.Name && vm.Number("vmid") == volume.VmId) is { } vm)
                {
                    world["backups"].Add(new JsonObject
                    {
                        ["id"] = world.NewId("backups"),
                        ["vm_id"] = vm.Text("id"),
                        ["storage"] = storage.Id,
                        ["created_at"] = volume.Created,
                        ["size_gb"] = Math.Max(1, volume.Size >> Gigabyte),
                        ["protected"] = volume.Protected,
                    });
                }
            }
        }
    }

    private static int Number(string? text, int otherwise) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
