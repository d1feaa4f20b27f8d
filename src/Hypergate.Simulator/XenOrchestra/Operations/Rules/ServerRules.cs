using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Connections to pools. What a pool holds is seen only while it is connected.</summary>
internal static class ServerRules
{
    public static IEnumerable<OperationRule> All =>
    [
        new("POST /servers", Add),
        new("DELETE /servers/{id}", Delete),
        new("POST /servers/{id}/actions/connect", Connect),
        new("POST /servers/{id}/actions/disconnect", Disconnect),
    ];

    /// <summary>A pool has ended: its server knows nothing of it any more.</summary>
    public static void Forget(DataCentre world, JsonObject server, string master) => world["servers"].Change(server.Id(), item =>
    {
        item["status"] = "disconnected";
        item["enabled"] = false;
        item.Remove("poolId");
        item["master"] = master;
    });

    private static JsonObject Add(OperationContext context)
    {
        var (world, body) = (context.World, context.Body!);
        if (world["servers"].All.Any(server => server.Text("host") == body.Text("host")))
        {
            throw XoErrors.AlreadyExists("server");
        }

        var server = new JsonObject
        {
            ["allowUnauthorized"] = body.Flag("allowUnauthorized"),
            ["enabled"] = false,
            ["host"] = body.Text("host"),
            ["username"] = body.Text("username"),
            ["readOnly"] = body.Flag("readOnly"),
            ["status"] = "disconnected",
            ["_password"] = body.Text("password"),
        };
        foreach (var field in new[] { "label", "httpProxy" })
        {
            if (body[field] is { } value)
            {
                server[field] = value.DeepClone();
            }
        }

        return RuleContext.Made(server.AddTo(world, "servers").Id());
    }

    private static JsonNode? Delete(OperationContext context)
    {
        var server = context.Target("servers");
        if (server.Text("status") == "connected")
        {
            PoolStash.Hide(context.World, server);
        }

        context.World["servers"].Remove(server.Id());
        return null;
    }

    private static JsonNode? Connect(OperationContext context)
    {
        var (world, server) = (context.World, context.Target("servers"));
        CheckStatus(server, "disconnected");
        if (server["_stash"] is null)
        {
            const string refused = "connect ECONNREFUSED";
            world["servers"].Change(server.Id(), item => item["error"] = new JsonObject { ["message"] = refused });
            throw new XoError(500, refused);
        }

        world["servers"].Change(server.Id(), item =>
        {
            PoolStash.Show(world, item);
            SetStatus(item, "connected");
        });
        return null;
    }

    private static JsonNode? Disconnect(OperationContext context)
    {
        var (world, server) = (context.World, context.Target("servers"));
        CheckStatus(server, "connected");
        world["servers"].Change(server.Id(), item =>
        {
            PoolStash.Hide(world, item);
            SetStatus(item, "disconnected");
        });
        return null;
    }

    private static void SetStatus(JsonObject server, string status)
    {
        server["status"] = status;
        server["enabled"] = status == "connected";
    }

    private static void CheckStatus(JsonObject server, string expected)
    {
        if (server.Text("status") != expected)
        {
            throw XoErrors.IncorrectState(server.Text("status"), expected, server.Id(), "status");
        }
    }
}
