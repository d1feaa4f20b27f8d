using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>Load figures: waves that the object and the clock decide alone.</summary>
internal static class Figures
{
    private const int Step = 600;

    public static JsonArray Of(PxCall call, JsonObject item)
    {
        var hours = call.QueryNumber("hours") ?? 24;
        var end = call.World.Seconds / Step * Step;
        var phase = item.Text("id")!.Sum(static sign => sign) % 100;
        var isOn = item.Text("status") is "running" or "online";
        return [.. Enumerable.Range(0, hours * 3600 / Step).Select(i => (JsonNode)Point(end - ((long)i * Step), phase, isOn)).Reverse()];
    }

    private static JsonObject Point(long time, int phase, bool isOn)
    {
        var wave = isOn ? 0.3 + (0.25 * Math.Sin((time / 3600.0) + phase)) : 0;
        return new JsonObject
        {
            ["time"] = time,
            ["cpu"] = Math.Round(wave, 4),
            ["memory"] = isOn ? Math.Round(0.5 + (wave / 5), 4) : 0,
            ["disk"] = Math.Round(wave * 2_000_000),
            ["network"] = Math.Round(wave * 900_000),
        };
    }
}
