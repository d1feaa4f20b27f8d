using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Finds, for an object of the recorded world, one of the simulated world that is like it.</summary>
internal sealed class Alike(DataCentre world)
{
    private static readonly string[] States =
        ["power_state", "pvDriversDetected", "enabled", "attached", "SR_type", "status", "permission", "bootable", "type", "mode"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="subject">What the recording says of the object: its collection and some fields.</param>
    /// <returns>The id of an object with the same states, if possible of the same name; never the same one twice.</returns>
    public string IdFor(JsonObject subject) => world.Read(() =>
    {
        var candidates = world[subject["collection"]!.GetValue<string>().TrimStart('/')].All
            .Where(item => !_taken.Contains(Id(item)) && IsLike(item, subject)).ToList();
        Assert.NotEmpty(candidates);
        var chosen = candidates.Find(item => Text(item["name_label"] ?? item["name"]) == Text(subject["name_label"] ?? subject["name"]));
        var id = Id(chosen ?? candidates[0]);
        _taken.Add(id);
        return id;
    });

    private static bool IsLike(JsonObject item, JsonObject subject) =>
        States.All(state => !subject.ContainsKey(state) || JsonNode.DeepEquals(item[state], subject[state]))
        && (subject["snapshots"] is not { } count || (item["snapshots"]?.AsArray().Count ?? 0) == count.GetValue<int>());

    private static string Id(JsonObject item) => item["id"]!.GetValue<string>();

    private static string? Text(JsonNode? value) => value?.ToString();
}
