using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Firewall rules, options, aliases and IP sets of the cluster, nodes and guests.</summary>
internal static class FirewallHandlers
{
    private static readonly string[] Scopes =
        ["/cluster/firewall", "/nodes/{node}/firewall", "/nodes/{node}/qemu/{vmid}/firewall", "/nodes/{node}/lxc/{vmid}/firewall"];

    private static readonly string[] Path = ["node", "vmid", "pos", "digest", "delete", "moveto", "name", "cidr", "rename", "group"];

    public static void AddTo(HandlerTable table)
    {
        foreach (var scope in Scopes)
        {
            table.Add($"GET {scope}/rules", static call => Rows.Array(Rules(call).Select((rule, index) => Shown(rule, index, Rules(call)))));
            table.Add($"POST {scope}/rules", Insert);
            table.Add($"GET {scope}/rules/{{pos}}", static call => Shown(Rule(call), Position(call), Rules(call)));
            table.Add($"PUT {scope}/rules/{{pos}}", Update);
            table.Add($"DELETE {scope}/rules/{{pos}}", static call =>
            {
                Rules(call).Remove(Rule(call));
                return null;
            });
            table.Add($"GET {scope}/options", static call => Options(call).DeepClone());
            table.Add($"PUT {scope}/options", ChangeOptions);
            table.Add($"GET {scope}/log", static _ => new JsonArray(Row(("n", 1), ("t", "no content"))));
        }

        foreach (var scope in Scopes.Where(static scope => !scope.EndsWith("{node}/firewall", StringComparison.Ordinal)))
        {
            table.Add($"GET {scope}/aliases", static _ => new JsonArray());
            table.Add($"GET {scope}/ipset", static _ => new JsonArray());
            table.Add($"GET {scope}/refs", static _ => new JsonArray());
        }

        table.Add("GET /cluster/firewall/groups", static _ => new JsonArray());
        table.Add("GET /cluster/firewall/macros", static _ => new JsonArray(Row(("macro", "SSH"), ("descr", "Secure shell traffic"))));
    }

    private static string Scope(Call call) => $"firewall/{call.Route.Path.Split('/')[1]}/{call["node"]}/{call["vmid"]}";

    private static List<JsonObject> Rules(Call call)
    {
        if (call.Parameters.Has("vmid"))
        {
            call.Guest(call.Route.Path.Split('/')[3]);
        }

        return call.Cluster.List(Scope(call) + "/rules");
    }

    private static JsonObject Options(Call call)
    {
        var list = call.Cluster.List(Scope(call) + "/options");
        if (list.Count == 0)
        {
            list.Add([]);
        }

        var row = list[0];
        row["digest"] = ConfigDigest.Of([.. row.Where(static entry => entry.Key != "digest").Select(static entry => new JsonObject { [entry.Key] = entry.Value?.DeepClone() })]);
        return row;
    }

    private static JsonObject Shown(JsonObject rule, int position, List<JsonObject> rules)
    {
        var row = (JsonObject)rule.DeepClone();
        row["pos"] = position;
        row["digest"] = ConfigDigest.Of(rules);
        return row;
    }

    private static int Position(Call call) => int.Parse(call.Parameters.Required("pos"), CultureInfo.InvariantCulture);

    private static JsonObject Rule(Call call) =>
        Rules(call).ElementAtOrDefault(Position(call)) ?? throw PveError.Parameter("pos", $"no rule at position {call["pos"]}");

    private static JsonNode? Insert(Call call)
    {
        var rule = new JsonObject();
        Apply(call, rule);
        Rules(call).Insert(Math.Min((int)(call.Parameters.Integer("pos") ?? 0), Rules(call).Count), rule);
        return null;
    }

    private static JsonNode? Update(Call call)
    {
        var rule = Rule(call);
        if (call["digest"] is { } digest && digest != ConfigDigest.Of(Rules(call)))
        {
            throw new PveError("detected modified configuration - file changed by other user? Try again.");
        }

        if (call.Parameters.Integer("moveto") is { } target)
        {
            Rules(call).Remove(rule);
            Rules(call).Insert(Math.Min((int)target, Rules(call).Count), rule);
            return null;
        }

        foreach (var name in call.Parameters.List("delete"))
        {
            rule.Remove(name);
        }

        Apply(call, rule);
        return null;
    }

    private static JsonNode? ChangeOptions(Call call)
    {
        var options = Options(call);
        Apply(call, options);
        foreach (var name in call.Parameters.List("delete"))
        {
            options.Remove(name);
        }

        return null;
    }

    private static void Apply(Call call, JsonObject target)
    {
        foreach (var name in call.Parameters.Names.Where(name => !Path.Contains(name) && call.Parameters.Has(name)))
        {
            target[name] = call.Route.Parameters.GetValueOrDefault(name)?.Type is "integer" or "boolean" ? Number(call[name]!) : call[name];
        }
    }
}
