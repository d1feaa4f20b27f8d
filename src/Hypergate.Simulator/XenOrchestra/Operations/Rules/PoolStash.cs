using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>The objects of a pool that nobody is connected to wait, out of sight, with their server.</summary>
internal static class PoolStash
{
    private const string Field = "_stash";

    public static void Hide(DataCentre world, JsonObject server)
    {
        var pool = server.TextOrNull("poolId");
        var stash = new JsonObject();
        foreach (var collection in world.Collections)
        {
            var hidden = collection.All.Where(item => item.TextOrNull("$pool") == pool).ToList();
            if (pool is null || hidden.Count == 0)
            {
                continue;
            }

            hidden.ForEach(item => collection.Remove(item.Id()));
            stash[collection.Name] = new JsonArray([.. hidden.Select(item => item.DeepClone())]);
        }

        server[Field] = stash;
    }

    public static void Show(DataCentre world, JsonObject server)
    {
        foreach (var (collection, items) in server[Field]!.AsObject())
        {
            foreach (var item in items!.AsArray())
            {
                world[collection].Add(item!.DeepClone().AsObject());
            }
        }

        server.Remove(Field);
    }
}
