namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>What parameters mean, by their names: words.txt.</summary>
internal static class ParameterTexts
{
    private static readonly Lazy<Dictionary<string, string>> Written = new(static () =>
        RouteNotation.Lines("words.txt").Select(static line => line.Split("  ", 2)).ToDictionary(static parts => parts[0], static parts => parts[1]));

    /// <summary>Null where nothing is written: the name says it.</summary>
    public static string? Of(string name) => Written.Value.GetValueOrDefault(name);
}
