using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Overview, search, alerts, channels, settings.</summary>
internal static class WatchHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["dashboard"] = Dashboard;
        handlers["search"] = Search;
        handlers["acknowledge"] = Acknowledge;
        handlers["create-channel"] = CreateChannel;
        handlers["set-setting"] = SetSetting;
        handlers["audit"] = static call => Records.Page(call, Objects.Rows(Enumerable.Reverse(call.World["audit"])));
    }

    private static JsonObject Dashboard(PxCall call)
    {
        var (world, vms) = (call.World, call.World["vms"]);
        return new JsonObject
        {
            ["clusters"] = world["clusters"].Count,
            ["nodes"] = world["nodes"].Count,
            ["vms"] = new JsonObject(vms.GroupBy(static vm => vm.Text("status")!, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count()))),
            ["storage"] = new JsonObject { ["total_gb"] = world["storages"].Sum(static storage => storage.Number("total_gb")), ["used_gb"] = world["storages"].Sum(static storage => storage.Number("used_gb")) },
            ["alerts"] = world["alerts"].Count(static alert => !alert.Flag("acknowledged")),
            ["running_tasks"] = world.Tasks.All.Count(static task => task.IsRunning),
        };
    }

    private static JsonArray Search(PxCall call)
    {
        var part = call.QueryText("q")!;
        return
        [
            .. ((string[])["vms", "nodes", "servers", "clusters"]).SelectMany(collection => call.World[collection]
                .Where(item => item.Text("name")?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)
                .Select(item => (JsonNode)new JsonObject { ["kind"] = collection[..^1], ["id"] = item.Text("id"), ["name"] = item.Text("name") })),
        ];
    }

    private static JsonObject Acknowledge(PxCall call)
    {
        var alert = call.World.Get("alerts", call.Last);
        (alert["acknowledged"], alert["acknowledged_by"]) = (true, call.User);
        return alert.Shown();
    }

    private static JsonObject CreateChannel(PxCall call)
    {
        var kind = call.Text("kind")!;
        var id = PlaceSeed.Add(call.World, "channels", new JsonObject
        {
            ["name"] = kind,
            ["kind"] = kind,
            ["target"] = kind == "email" ? string.Join(", ", call.Fields.Texts("to")) : call.Text("url"),
            ["enabled"] = true,
        });
        return call.World.Get("channels", id).Shown();
    }

    private static JsonObject SetSetting(PxCall call)
    {
        var setting = call.World.Get("settings", call.Last);
        setting["value"] = call.Fields["value"]?.DeepClone();
        return setting.Shown();
    }
}
