using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Configurations as they are told: whole numbers and booleans as numbers, everything else as text.</summary>
internal static class ConfigRows
{
    private static readonly IReadOnlyDictionary<string, PropertySchema> Machine = Options("qemu");
    private static readonly IReadOnlyDictionary<string, PropertySchema> Container = Options("lxc");

    /// <summary>The options that a guest of a type can have.</summary>
    public static bool Exists(bool machine, string option) =>
        Families.Find(machine ? Machine : Container, option) is not null || option is "lock" or "template" or "digest" or "rootfs" or "arch" or "unprivileged";

    public static JsonNode Value(bool machine, string option, string value) =>
        Families.Find(machine ? Machine : Container, option)?.Type is "integer" or "boolean" || option == "template" ? Number(value) : value;

    public static JsonObject Of(Guest guest, IReadOnlyDictionary<string, string> values) =>
        new(values.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Value(guest.IsQemu, entry.Key, entry.Value))));

    /// <summary>Each option with what it is and what it will be.</summary>
    public static JsonArray Pending(Guest guest)
    {
        var config = guest.Config;
        var rows = new List<JsonNode?>();
        foreach (var (option, value) in config.Values)
        {
            var row = Row(("key", option), ("value", Value(guest.IsQemu, option, value)));
            if (config.Pending.TryGetValue(option, out var pending))
            {
                row["pending"] = Value(guest.IsQemu, option, pending);
            }
            else if (config.PendingDeletes.TryGetValue(option, out var force))
            {
                row["delete"] = force ? 2 : 1;
            }

            rows.Add(row);
        }

        rows.AddRange(config.Pending.Where(entry => config[entry.Key] is null)
            .Select(entry => Row(("key", entry.Key), ("pending", Value(guest.IsQemu, entry.Key, entry.Value)))));
        rows.Add(Row(("key", "digest"), ("value", config.Digest())));
        return Rows.Array(rows);
    }

    // What the change of a configuration takes is what a configuration has.
    private static Dictionary<string, PropertySchema> Options(string type)
    {
        var route = RouteTable.Shared.All.First(route => route.Key == $"PUT /nodes/{{node}}/{type}/{{vmid}}/config");
        return route.Parameters.Where(static parameter => parameter.Key is not ("node" or "vmid" or "digest" or "delete" or "revert" or "force" or "skiplock" or "background_delay"))
            .ToDictionary();
    }
}
