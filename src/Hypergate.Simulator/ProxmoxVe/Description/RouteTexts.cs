namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>What operations do: those of texts.txt, and for the others a sentence made of method and path.</summary>
internal static class RouteTexts
{
    private static readonly Lazy<Dictionary<string, string>> Written = new(static () =>
        RouteNotation.Lines("texts.txt").Select(static line => line.Split("  ", 2)).ToDictionary(static parts => parts[0], static parts => parts[1]));

    private static readonly Dictionary<string, string> Verbs = new() { ["GET"] = "Shows", ["POST"] = "Adds or runs", ["PUT"] = "Changes", ["DELETE"] = "Removes" };

    public static string Of(Route route) => Written.Value.TryGetValue(route.Key, out var text) ? text : Made(route);

    // GET /cluster/ha/groups/{group} → "Shows ha groups of the cluster: one."
    private static string Made(Route route)
    {
        var segments = route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var words = segments.Where(static segment => segment[0] != '{' && segment is not ("nodes" or "cluster"));
        var what = string.Join(' ', words).Replace('-', ' ').Replace('_', ' ');
        var where = segments[0] switch
        {
            "nodes" => " of the node",
            "cluster" => " of the cluster",
            _ => "",
        };
        var single = segments[^1][0] == '{' ? $", the one of {segments[^1]}" : "";
        return $"{Verbs[route.Method]} {what}{single}{where}.";
    }
}
