using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>Performance figures: made up, but the same for the same object at the same time, and of a plausible course.</summary>
/// <param name="granularity"><c>seconds</c>, <c>minutes</c>, <c>hours</c> or <c>days</c>.</param>
/// <param name="now">In seconds.</param>
internal sealed class Statistics(string granularity, long now)
{
    /// <summary>Seconds between two values.</summary>
    public int Interval { get; } = granularity switch { "minutes" => 60, "hours" => 3600, "days" => 86400, _ => 5 };

    private readonly int _count = granularity switch { "hours" => 168, "days" => 366, _ => 120 };

    public JsonObject Answer(JsonObject stats) => new() { ["endTimestamp"] = now, ["interval"] = Interval, ["stats"] = stats };

    /// <summary>Values that wander between two bounds.</summary>
    public JsonArray Series(string subject, double low, double high) =>
        [.. Enumerable.Range(1, _count).Select(step => (JsonNode)Value(subject, TimeOf(step), low, high))];

    /// <summary>One series for each name.</summary>
    public JsonObject ByName(string subject, IEnumerable<string> names, double low, double high) =>
        new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Series(subject + name, low, high))));

    /// <summary>A series that never changes.</summary>
    public JsonArray Constant(double value) => [.. Enumerable.Repeat(value, _count).Select(one => (JsonNode)one)];

    /// <summary>The value of a subject at a time.</summary>
    public static double Value(string subject, long time, double low, double high)
    {
        var phase = Hash(subject) % 1000 / 1000.0;
        var slow = Math.Sin((time / 7200.0) + (phase * 40));
        var fast = Math.Sin((time / 95.0) + (phase * 90));
        return Math.Round(low + ((high - low) * (0.5 + (0.35 * slow) + (0.15 * fast))), 4);
    }

    private long TimeOf(int step) => now - ((_count - step) * (long)Interval);

    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash;
    }
}
