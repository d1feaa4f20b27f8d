using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Tests.Security.ReadOnly;

/// <summary>Values in a simulated data centre that no answer may hold.</summary>
internal sealed class PlantedSecrets
{
    private readonly List<string> _values = [];

    public IReadOnlyList<string> Values => _values;

    /// <summary>Puts a canary into every place where Xen Orchestra may keep a credential.</summary>
    public static PlantedSecrets In(XoSimulator xo)
    {
        var planted = new PlantedSecrets();
        xo.World.Write(() =>
        {
            planted.Plant(xo);
            return true;
        });
        return planted;
    }

    private void Plant(XoSimulator xo)
    {
        _values.AddRange(xo.World["authentication-tokens"].All.Select(static token => token["id"]!.GetValue<string>()));
        Each(xo, "users", item => item["pw_hash"] = Canary("pw-hash"));
        Each(xo, "vms", item => item["xenStoreData"] = new JsonObject { ["vm-data/password"] = Canary("xenstore"), ["vm-data/cloud"] = Canary("cloud") });
        Each(xo, "backup-repositories", item => item["url"] = $"smb://backup:{Canary("repository")}@192.0.2.9/share?encryptionKey={Canary("encryption")}");
        Each(xo, "servers", item => item["httpProxy"] = $"http://proxy:{Canary("proxy")}@192.0.2.8:3128");
        Each(xo, "servers", item => item["password"] = Canary("server"));
        xo.World["proxies"].Add(new JsonObject { ["id"] = xo.World.NextId(), ["name"] = "proxy", ["authenticationToken"] = Canary("proxy-token"), ["address"] = "192.0.2.8" });
        xo.World["tasks"].Add(Task(xo.World.NextId()));
    }

    // A failed task as the server keeps it, with what was asked in its parameters.
    private JsonObject Task(string id) => new()
    {
        ["id"] = id,
        ["status"] = "failure",
        ["start"] = 1,
        ["end"] = 2,
        ["updatedAt"] = 2,
        ["properties"] = new JsonObject
        {
            ["name"] = "add server",
            ["type"] = "xo:server:add",
            ["params"] = new JsonObject { ["host"] = "192.0.2.7", ["password"] = Canary("task-params"), ["nested"] = new JsonArray(new JsonObject { ["token"] = Canary("task-token") }) },
        },
        ["result"] = new JsonObject { ["message"] = "refused", ["stack"] = Canary("stack"), ["call"] = new JsonObject { ["params"] = new JsonArray(Canary("call")) } },
    };

    private static void Each(XoSimulator xo, string collection, Action<JsonObject> change)
    {
        foreach (var item in xo.World[collection].All.ToList())
        {
            xo.World[collection].Change(item["id"]!.GetValue<string>(), change);
        }
    }

    private string Canary(string where)
    {
        var canary = $"Can4ry-{where}-{_values.Count:D4}x";
        _values.Add(canary);
        return canary;
    }
}
