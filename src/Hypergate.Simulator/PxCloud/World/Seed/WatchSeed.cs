using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>Monitors, alerts, ways of notification, settings, images, rules of firewalls.</summary>
internal static class WatchSeed
{
    public static void Fill(PxWorld world)
    {
        Monitor(world, "shop", "http", "https://shop.example.test", "ok");
        Monitor(world, "lab quorum", "quorum", "lab", "warning");
        var full = Monitor(world, "datastore1", "storage", "vc1:datastore1", "critical");
        Alert(world, full, "critical", "datastore1 is 91 % full.", 3_600);
        Alert(world, null, "warning", "A node of lab does not answer.", 86_400);
        PlaceSeed.Add(world, "channels", new JsonObject { ["name"] = "operations", ["kind"] = "email", ["target"] = "operations@example.test", ["enabled"] = true });
        world["settings"].Add(new JsonObject { ["key"] = "session_minutes", ["value"] = 60 });
        world["settings"].Add(new JsonObject { ["key"] = "title", ["value"] = "PXCloud" });
        foreach (var vm in world["vms"].Take(6))
        {
            PlaceSeed.Add(world, "firewall", new JsonObject
            {
                ["vm_id"] = vm.Text("id"),
                ["direction"] = "in",
                ["action"] = "accept",
                ["protocol"] = "tcp",
                ["port"] = "22",
                ["source"] = "192.0.2.0/24",
                ["enabled"] = true,
            });
        }
    }

    private static string Monitor(PxWorld world, string name, string kind, string target, string state) => PlaceSeed.Add(world, "monitors", new JsonObject
    {
        ["name"] = name,
        ["kind"] = kind,
        ["target"] = target,
        ["interval_seconds"] = 60,
        ["enabled"] = true,
        ["state"] = state,
        ["thresholds"] = new JsonObject { ["warning"] = 85, ["critical"] = 90 },
    });

    private static void Alert(PxWorld world, string? monitor, string severity, string text, int age) => PlaceSeed.Add(world, "alerts", new JsonObject
    {
        ["monitor"] = monitor,
        ["severity"] = severity,
        ["text"] = text,
        ["raised_at"] = world.Seconds - age,
        ["acknowledged"] = false,
        ["acknowledged_by"] = null,
    });
}
