using System.Text.RegularExpressions;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Turns ids of the recorded world into those of the simulated one, and both into words where neither is known.</summary>
internal sealed partial class Translation(string token)
{
    private readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal) { ["{{token}}"] = token };

    public bool Knows(string recorded) => _ours.ContainsKey(recorded);

    public void Add(string recorded, string ours) => _ours[recorded] = ours;

    /// <summary>Recorded text with our ids in the place of the recorded ones.</summary>
    public string Ours(string recorded) => _ours.Aggregate(recorded, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    /// <summary>Text with a word in the place of every id and every moment.</summary>
    public static string Shape(string text) => Moment().Replace(TaskId().Replace(Uuid().Replace(text, "<id>"), "<task>"), "<time>");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b0[0-9a-z]{8}-[0-9a-z]{8,12}\b", RegexOptions.None, 1000)]
    private static partial Regex TaskId();

    [GeneratedRegex(@"\b1[0-9]{12}\b", RegexOptions.None, 1000)]
    private static partial Regex Moment();
}
