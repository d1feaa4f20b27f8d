using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Validation;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The settings of the datacenter.</summary>
internal static class OptionsHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /cluster/options", Show);
        table.Add("PUT /cluster/options", Change);
    }

    private static JsonObject Show(Call call)
    {
        var row = new JsonObject();
        var all = call.May("/", "Sys.Audit");
        foreach (var (name, value) in call.Cluster.Settings.Where(setting => all || setting.Key is "console" or "tag-style"))
        {
            row[name] = Parsed(name, value);
        }

        if (all)
        {
            row.TryAdd("mac_prefix", "BC:24:11");
            row.TryAdd("description", "");
        }

        row["allowed-tags"] = Rows.Array(call.Cluster.Guests.Values
            .Where(guest => call.May($"/vms/{guest.VmId}", "VM.Audit"))
            .SelectMany(static guest => guest.Tags)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(static tag => JsonValue.Create(tag)));
        return row;
    }

    // Property strings come as objects.
    private static JsonNode Parsed(string name, string value)
    {
        var schema = RouteTable.Shared.Find("PUT", "/cluster/options")!.Value.Route.Parameters.GetValueOrDefault(name);
        if (schema?.PropertyString is not { } keys)
        {
            return schema?.Type is "integer" or "boolean" ? Rows.Number(value) : value;
        }

        return new JsonObject(PropertyStrings.Parse(RouteTable.Shared.Formats[keys], value)
            .Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
    }

    private static JsonNode? Change(Call call)
    {
        foreach (var name in call.Parameters.Names.Where(name => name != "delete" && call.Parameters.Has(name)))
        {
            call.Cluster.Settings[name] = call[name]!;
        }

        foreach (var name in call.Parameters.List("delete"))
        {
            call.Cluster.Settings.Remove(name);
        }

        return null;
    }
}
