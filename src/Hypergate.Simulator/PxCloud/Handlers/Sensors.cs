using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>What sensors of a machine of metal say.</summary>
internal static class Sensors
{
    public static JsonArray Of(string id, long seconds, bool isOn)
    {
        var phase = id.Sum(static sign => sign) % 10;
        var warm = isOn ? 38 + phase + (3 * Math.Sin(seconds / 900.0)) : 21;
        return
        [
            Sensor("CPU", "temperature", warm, "C", warm > 47 ? "warning" : "ok"),
            Sensor("Inlet", "temperature", 22, "C", "ok"),
            Sensor("Fan 1", "fan", isOn ? 5200 + (phase * 40) : 0, "rpm", "ok"),
            Sensor("Input", "power", isOn ? 240 + (phase * 9) : 9, "W", "ok"),
        ];
    }

    private static JsonObject Sensor(string name, string kind, double value, string unit, string state) =>
        new() { ["name"] = name, ["kind"] = kind, ["value"] = Math.Round(value, 1), ["unit"] = unit, ["state"] = state };
}
