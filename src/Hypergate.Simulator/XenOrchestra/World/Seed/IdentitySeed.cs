using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Two administrators, and alice, who may do nothing until somebody grants it.</summary>
internal static class IdentitySeed
{
    private static readonly string[] PoolServers = ["staging", "prod", "edge"];

    public static void Add(SeedRun run)
    {
        UserRecord.Create("admin", "admin", "admin").AddTo(run.World, "users");
        UserRecord.Create("bob", "bob-pass", "admin").AddTo(run.World, "users");
        var alice = UserRecord.Create("alice", "alice-pass", "none").AddTo(run.World, "users");
        var operators = new JsonObject
        {
            ["name"] = "operators",
            ["users"] = new JsonArray(alice.Id()),
            ["aclRoleIds"] = new JsonArray(),
        }.AddTo(run.World, "groups");
        alice.List("groups").Add(operators.Id());
        RoleSeed.Add(run);
        foreach (var name in PoolServers)
        {
            Server(run.Pools.First(pool => pool.Name == name), run.Pools.FindIndex(pool => pool.Name == name))
                .AddTo(run.World, "servers");
        }
    }

    /// <summary>Puts an object with an id of the server's own into its collection.</summary>
    public static JsonObject AddTo(this JsonObject item, DataCentre world, string collection)
    {
        item["id"] = world.NextId();
        world[collection].Add(item);
        return item;
    }

    private static JsonObject Server(PoolPlan pool, int index) => new()
    {
        ["allowUnauthorized"] = true,
        ["enabled"] = true,
        ["host"] = $"http://127.0.0.1:{18441 + index}",
        ["label"] = pool.Name,
        ["username"] = "root",
        ["poolNameDescription"] = pool.Pool.Text("name_description"),
        ["poolNameLabel"] = pool.Name,
        ["poolMembersAddresses"] = new JsonArray("127.0.0.1"),
        ["readOnly"] = false,
        ["status"] = "connected",
        ["poolId"] = pool.Id,
        ["master"] = pool.Hosts[0].Id(),
    };
}
