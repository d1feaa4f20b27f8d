using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Regions, datacenters, cabinets, servers.</summary>
internal static class PlaceHandlers
{
    public static void Add(Dictionary<string, Func<PxCall, JsonNode?>> handlers)
    {
        handlers["delete-region"] = static call => Delete(call, "regions", "datacenters", "region");
        handlers["delete-datacenter"] = static call => Delete(call, "datacenters", "cabinets", "datacenter");
        handlers["delete-cabinet"] = static call => Delete(call, "cabinets", "servers", "cabinet");
        handlers["datacenter-tree"] = Tree;
        handlers["create-server"] = CreateServer;
        handlers["server-hardware"] = Hardware;
        handlers["server-sensors"] = static call => Sensors.Of(call.Last, call.World.Seconds, call.World.Get("servers", call.Last).Text("power") == "on");
    }

    private static JsonNode? Delete(PxCall call, string collection, string below, string key)
    {
        var item = call.World.Get(collection, call.Last);
        if (call.World[below].Exists(child => child.Text(key) == call.Last))
        {
            throw PxError.Conflict($"{item.Text("name")} still has {below}.");
        }

        call.World[collection].Remove(item);
        return null;
    }

    private static JsonObject Tree(PxCall call)
    {
        var datacenter = call.World.Get("datacenters", call.Last);
        return Place(datacenter, "datacenter", call.World["cabinets"].Where(cabinet => cabinet.Text("datacenter") == call.Last)
            .Select(cabinet => Place(cabinet, "cabinet", call.World["servers"].Where(server => server.Text("cabinet") == cabinet.Text("id")).Select(static server => Place(server, "server", [])))));
    }

    private static JsonObject Place(JsonObject item, string kind, IEnumerable<JsonObject> children) =>
        new() { ["name"] = item.Text("name"), ["kind"] = kind, ["children"] = new JsonArray([.. children]) };

    private static JsonObject CreateServer(PxCall call)
    {
        var id = PlaceSeed.Add(call.World, "servers", new JsonObject
        {
            ["name"] = call.Text("name"),
            ["serial"] = $"SN{call.World.Dice.Next(100_000, 999_999)}",
            ["vendor"] = "unknown",
            ["model"] = "unknown",
            ["cabinet"] = call.Text("cabinet"),
            ["unit"] = call.Number("unit"),
            ["bmc_address"] = call.Text("bmc_address"),
            ["power"] = "off",
            ["health"] = "ok",
            ["_password"] = call.Text("bmc_password"),
        });
        return call.World.Get("servers", id).Shown();
    }

    private static JsonObject Hardware(PxCall call)
    {
        var server = call.World.Get("servers", call.Last);
        return new JsonObject
        {
            ["vendor"] = server.Text("vendor"),
            ["model"] = server.Text("model"),
            ["serial"] = server.Text("serial"),
            ["cpus"] = 2,
            ["cores"] = 48,
            ["memory_gb"] = 512,
            ["firmware"] = "2.19.1",
            ["bmc"] = new JsonObject { ["address"] = server.Text("bmc_address"), ["user"] = "root", ["password"] = server.Text("_password") },
        };
    }
}
