using System.Text.Json.Nodes;

namespace Hypergate.Simulator.Faults;

/// <summary>Reads faults out of JSON: their properties in camel case, the delay as <c>delayMilliseconds</c>.</summary>
internal static class FaultBody
{
    private static readonly string[] Common = ["path", "method", "times", "rate", "delayMilliseconds"];

    /// <summary>Refuses what nobody reads.</summary>
    /// <param name="body">The fault.</param>
    /// <param name="own">What it may hold beside what every fault has.</param>
    public static void Check(JsonObject body, string[] own)
    {
        string[] known = [.. Common, .. own];
        if (body.Select(static property => property.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"'{unknown}' is not known; known are {string.Join(", ", known)}.");
        }
    }

    /// <summary>The fault with what every fault has.</summary>
    public static TFault Begin<TFault>(JsonObject body, TFault fault)
        where TFault : RequestFault => fault with
        {
            Path = body["path"]?.GetValue<string>() ?? fault.Path,
            Method = body["method"]?.GetValue<string>(),
            Times = body["times"]?.GetValue<int>(),
            Rate = body["rate"]?.GetValue<double>() ?? fault.Rate,
            Delay = TimeSpan.FromMilliseconds(body["delayMilliseconds"]?.GetValue<double>() ?? 0),
        };

    public static bool Flag(JsonObject body, string name) => body[name]?.GetValue<bool>() ?? false;

    public static T Choice<T>(JsonNode? node)
        where T : struct, Enum => node is null ? default : Enum.Parse<T>(node.GetValue<string>(), ignoreCase: true);
}
