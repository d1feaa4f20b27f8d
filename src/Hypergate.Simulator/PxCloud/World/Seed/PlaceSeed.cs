using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>Regions, datacenters, cabinets and the servers in them.</summary>
internal static class PlaceSeed
{
    private static readonly (string Name, string Code)[] Regions = [("Europe Central", "eu-c"), ("Europe West", "eu-w")];

    public static void Fill(PxWorld world)
    {
        foreach (var (name, code) in Regions)
        {
            var region = Add(world, "regions", new JsonObject { ["name"] = name, ["code"] = code, ["description"] = null });
            var datacenter = Add(world, "datacenters", new JsonObject { ["name"] = $"{code}-1", ["region"] = region, ["address"] = null });
            for (var number = 1; number <= 2; number++)
            {
                var units = string.Create(CultureInfo.InvariantCulture, $"{code}-1-r{number}");
                Servers(world, Add(world, "cabinets", new JsonObject { ["name"] = units, ["datacenter"] = datacenter, ["units"] = 42, ["used"] = 6 }), units);
            }
        }
    }

    private static void Servers(PxWorld world, string cabinet, string name)
    {
        for (var number = 1; number <= 3; number++)
        {
            var index = world["servers"].Count;
            Add(world, "servers", new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"{name}-s{number}"),
                ["serial"] = string.Create(CultureInfo.InvariantCulture, $"SN{world.Dice.Next(100_000, 999_999)}"),
                ["vendor"] = index % 2 == 0 ? "Dell" : "Supermicro",
                ["model"] = index % 2 == 0 ? "R760" : "SYS-621C",
                ["cabinet"] = cabinet,
                ["unit"] = number * 2,
                ["bmc_address"] = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{10 + index}"),
                ["power"] = index == 7 ? "off" : "on",
                ["health"] = index == 4 ? "warning" : "ok",
                ["_password"] = world.Dice.Next().ToString("x8", CultureInfo.InvariantCulture),
            });
        }
    }

    /// <summary>Adds an object with an id of its own, which is given back.</summary>
    public static string Add(PxWorld world, string collection, JsonObject item)
    {
        var id = world.NewId(collection);
        var named = new JsonObject { ["id"] = id };
        foreach (var (name, value) in item)
        {
            named[name] = value?.DeepClone();
        }

        world[collection].Add(named);
        return id;
    }
}
