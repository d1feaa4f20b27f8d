using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>The pattern by which a backup job chooses its VMs: <c>{"id": {"__or": […]}}</c>, <c>{"tags": {"__or": [["backup"]]}}</c>.</summary>
internal static class VmPattern
{
    public static bool Fits(JsonNode? pattern, JsonNode? value) => pattern switch
    {
        null => false,
        JsonObject { Count: 1 } any when any["__or"] is JsonArray ways => ways.Any(way => Fits(way, value)),
        JsonObject { Count: 1 } every when every["__and"] is JsonArray all => all.All(part => Fits(part, value)),
        JsonObject { Count: 1 } none when none.ContainsKey("__not") => !Fits(none["__not"], value),
        JsonObject shape => value is JsonObject item && shape.All(part => Fits(part.Value, item[part.Key])),
        JsonArray parts => value is JsonArray items && parts.All(part => items.Any(item => Fits(part, item))),
        _ => JsonNode.DeepEquals(pattern, value),
    };
}
