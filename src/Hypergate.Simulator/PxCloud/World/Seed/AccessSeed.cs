using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>Users, groups, roles and grants. The password of each is made of the seed.</summary>
internal static class AccessSeed
{
    private static readonly string[] Users = ["admin", "operator", "viewer", "locked", "factor"];

    public static void Fill(PxWorld world)
    {
        Role(world, "admin", "*");
        Role(world, "operator", "*.Audit", "VM.*", "Node.*", "Task.Modify", "Monitor.Modify", "IPAM.Modify", "Cluster.Sync", "Server.Power");
        Role(world, "viewer", "*.Audit", "VM.Console");
        foreach (var name in Users)
        {
            PlaceSeed.Add(world, "users", new JsonObject
            {
                ["username"] = name,
                ["email"] = $"{name}@example.test",
                ["role"] = name is "admin" or "viewer" ? name : "operator",
                ["enabled"] = true,
                ["locked"] = name == "locked",
                ["mfa"] = name == "factor",
                ["last_login"] = null,
                ["_password"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{world.Dice.Next():x8}{world.Dice.Next():x8}"),
            });
        }

        PlaceSeed.Add(world, "groups", new JsonObject { ["name"] = "operations", ["members"] = Objects.Words("operator", "factor"), ["description"] = null });
        PlaceSeed.Add(world, "acl", new JsonObject { ["path"] = "/", ["role"] = "viewer", ["user"] = "viewer", ["group"] = null, ["propagate"] = true });
        PlaceSeed.Add(world, "tokens", new JsonObject
        {
            ["name"] = "automation",
            ["user"] = "admin",
            ["created_at"] = world.Seconds - 5_000_000,
            ["last_used"] = null,
            ["_secret"] = string.Create(CultureInfo.InvariantCulture, $"pxt_{world.Dice.NextInt64():x16}{world.Dice.NextInt64():x16}"),
        });
    }

    private static void Role(PxWorld world, string name, params string[] privileges) =>
        PlaceSeed.Add(world, "roles", new JsonObject { ["name"] = name, ["builtin"] = true, ["privileges"] = Objects.Words(privileges) });
}
