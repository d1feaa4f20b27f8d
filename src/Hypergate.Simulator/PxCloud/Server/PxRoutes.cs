using Hypergate.Simulator.PxCloud.Description;

namespace Hypergate.Simulator.PxCloud.Server;

/// <summary>Finds the operation of a request; fixed segments win over placeholders.</summary>
internal sealed class PxRoutes
{
    private readonly List<(Entry Entry, string[] Segments)> _routes =
        [.. Entries.All.Select(static entry => (entry, entry.Path.Split('/'))).OrderBy(static route => route.Item2.Count(static part => part.StartsWith('{')))];

    /// <summary>The operation and the values of its placeholders.</summary>
    /// <exception cref="PxError">404: no such path. 405: not with this method.</exception>
    public (Entry Entry, IReadOnlyDictionary<string, string> Path) Find(string method, string path)
    {
        var segments = path.Split('/');
        var fitting = _routes.FindAll(route => Fits(route.Segments, segments));
        if (fitting.Count == 0)
        {
            throw new PxError(404, "no_route", $"There is nothing at {path}.");
        }

        var found = fitting.Find(route => route.Entry.Method == method);
        return found.Entry is null
            ? throw new PxError(405, "method_not_allowed", $"{path} does not take {method}.")
            : (found.Entry, Values(found.Segments, segments));
    }

    private static bool Fits(string[] route, string[] segments) =>
        route.Length == segments.Length && !route.Where((part, index) => part.StartsWith('{') ? segments[index].Length == 0 : part != segments[index]).Any();

    private static Dictionary<string, string> Values(string[] route, string[] segments) => route
        .Select((part, index) => (part, segments[index]))
        .Where(static pair => pair.part.StartsWith('{'))
        .ToDictionary(static pair => pair.part[1..^1], static pair => Uri.UnescapeDataString(pair.Item2), StringComparer.Ordinal);
}
