using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>High availability: the managed guests, and the manager's state.</summary>
internal static class HaHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /cluster/ha/resources", static call => Rows.Array(Resources(call).Where(resource =>
            call["type"] is not { } type || resource["type"]!.GetValue<string>() == type).Select(static resource => resource.DeepClone())));
        table.Add("POST /cluster/ha/resources", Create);
        table.Add("GET /cluster/ha/resources/{sid}", static call => Known(call).DeepClone());
        table.Add("PUT /cluster/ha/resources/{sid}", Update);
        table.Add("DELETE /cluster/ha/resources/{sid}", static call =>
        {
            Resources(call).Remove(Known(call));
            return null;
        });
        table.Add("POST /cluster/ha/resources/{sid}/migrate", Move);
        table.Add("POST /cluster/ha/resources/{sid}/relocate", Move);
        table.Add("GET /cluster/ha/status/current", Status);
        table.Add("GET /cluster/ha/status/manager_status", static call => Row(
            ("manager_status", new JsonObject()), ("lrm_status", new JsonObject()), ("quorum", Row(("node", call.Cluster.Local.Name), ("quorate", call.Cluster.Quorate ? "1" : "0")))));
        table.Add("GET /cluster/ha/groups", static _ => new JsonArray());
        table.Add("GET /cluster/ha/rules", static _ => new JsonArray());
    }

    private static List<JsonObject> Resources(Call call) => call.Cluster.List(HaRows.Resources);

    // 100 is short for vm:100.
    private static string ServiceId(Call call)
    {
        var text = call.Parameters.Required("sid");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return text;
        }

        return call.Cluster.Guests.TryGetValue(id, out var guest) ? HaRows.ServiceId(guest) : throw new PveError($"unable to find VM '{id}'");
    }

    private static JsonObject Known(Call call)
    {
        var id = ServiceId(call);
        return HaRows.Resource(call.Cluster, id) ?? throw new PveError($"no such resource '{id}'");
    }

    private static JsonNode? Create(Call call)
    {
        var id = ServiceId(call);
        if (HaRows.Resource(call.Cluster, id) is not null)
        {
            throw new PveError($"resource ID '{id}' already defined");
        }

        var parts = id.Split(':');
        if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var vmId) || !call.Cluster.Guests.ContainsKey(vmId))
        {
            throw new PveError($"cannot manage resource '{id}': unable to find VM '{parts[^1]}'");
        }

        var resource = Row(("sid", id), ("type", parts[0]), ("state", "started"));
        Apply(call, resource);
        Resources(call).Add(resource);
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        Apply(call, Known(call));
        return null;
    }

    private static void Apply(Call call, JsonObject resource)
    {
        foreach (var name in ((string[])["state", "group", "comment", "max_restart", "max_relocate", "failback"]).Where(call.Parameters.Has))
        {
            resource[name] = name.StartsWith("max", StringComparison.Ordinal) || name == "failback" ? Number(call[name]!) : call[name];
        }

        resource.Remove("digest");
        resource["digest"] = ConfigDigest.Of(resource.ToJsonString());
    }

    private static JsonNode Move(Call call)
    {
        var resource = Known(call);
        var target = call.Parameters.Required("node");
        if (call.Cluster.Node(target) is null)
        {
            throw new PveError($"cannot migrate '{resource["sid"]}' - no such cluster node '{target}'");
        }

        var id = int.Parse(resource["sid"]!.GetValue<string>().Split(':')[1], CultureInfo.InvariantCulture);
        call.Cluster.Tasks.Later(TimeSpan.FromSeconds(10), () => call.Cluster.Guests[id].Node = target);
        return Row(("sid", resource["sid"]!.DeepClone()), ("requested-node", target));
    }

    private static JsonArray Status(Call call)
    {
        var cluster = call.Cluster;
        var quorum = Row(
            ("id", "quorum"), ("type", "quorum"), ("node", cluster.Local.Name), ("status", cluster.Quorate ? "OK" : "No quorum!"), ("quorate", cluster.Quorate ? 1 : 0));
        var services = Resources(call).Select(resource => Row(
            ("id", $"service:{resource["sid"]}"), ("type", "service"), ("sid", resource["sid"]!.DeepClone()), ("state", resource["state"]!.DeepClone()),
            ("request_state", resource["state"]!.DeepClone()), ("status", $"{resource["sid"]} ({NodeOf(cluster, resource)}, {resource["state"]})"), ("node", NodeOf(cluster, resource))));
        return Rows.Array(services.Prepend(quorum));
    }

    private static string NodeOf(Cluster cluster, JsonObject resource) =>
        cluster.Guests[int.Parse(resource["sid"]!.GetValue<string>().Split(':')[1], CultureInfo.InvariantCulture)].Node;
}
