using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.World.Seed;

namespace Hypergate.Simulator.PxCloud.Server;

/// <summary>What the installation writes down of changes.</summary>
internal static class AuditTrail
{
    private const int Most = 1_000;

    public static void Add(PxCall call)
    {
        if (call.Entry.Method == "GET")
        {
            return;
        }

        PlaceSeed.Add(call.World, "audit", new JsonObject
        {
            ["time"] = call.World.Seconds,
            ["user"] = call.User,
            ["method"] = call.Entry.Method,
            ["path"] = call.Entry.Path,
            ["status"] = call.Entry.StartsTask ? 202 : 200,
        });
        if (call.World["audit"].Count > Most)
        {
            call.World["audit"].RemoveAt(0);
        }
    }
}
