using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>What every object of a pool carries: its id twice, its pool twice, and the hypervisor's own reference.</summary>
internal static class XapiRecord
{
    /// <summary>Gives a new object its identity and puts it into its collection.</summary>
    public static JsonObject AddTo(this JsonObject item, DataCentre world, string collection, string pool) =>
        item.AddTo(world, collection, pool, world.NextId());

    /// <summary>The same with an id that was drawn before, because others already point at it.</summary>
    public static JsonObject AddTo(this JsonObject item, DataCentre world, string collection, string pool, string id)
    {
        item["id"] = id;
        item["uuid"] = id;
        item["$pool"] = pool;
        item["$poolId"] = pool;
        item["_xapiRef"] = $"OpaqueRef:{world.NextId()}";
        world[collection].Add(item);
        return item;
    }

    /// <summary>A property that is text, such as an id.</summary>
    public static string Text(this JsonNode item, string property) => item[property]!.GetValue<string>();

    /// <summary>A property that may be absent.</summary>
    public static string? TextOrNull(this JsonNode item, string property) => item[property]?.GetValue<string>();

    public static string Id(this JsonNode item) => item.Text("id");

    public static string Pool(this JsonNode item) => item.Text("$pool");

    /// <summary>A number, whatever type it was written with.</summary>
    public static long Number(this JsonNode item, string property) => item[property]!.AsValue() switch
    {
        var value when value.TryGetValue(out long number) => number,
        var value when value.TryGetValue(out int number) => number,
        var value => (long)value.GetValue<double>(),
    };

    public static bool Flag(this JsonNode item, string property) => item[property]?.GetValue<bool>() ?? false;

    /// <summary>A number that the hypervisor writes as text, such as the place of a device.</summary>
    public static int Place(this JsonNode item, string property) => int.Parse(item.Text(property), CultureInfo.InvariantCulture);

    /// <summary>The ids in a property that is a list of them.</summary>
    public static IReadOnlyList<string> Ids(this JsonNode item, string property) =>
        item[property] is JsonArray list ? [.. list.Select(id => id!.GetValue<string>())] : [];

    public static JsonArray List(this JsonNode item, string property) => item[property]!.AsArray();

    public static JsonArray Texts(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
