namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>Finds the operation of a method and a path. Words of paths are read without case, a slash at the end is allowed.</summary>
internal sealed class RouteTable
{
    private readonly ILookup<(string Method, int Length), Operation> _routes;

    public RouteTable(IEnumerable<Operation> operations)
    {
        All = [.. operations];
        _routes = All.OrderBy(Openness, StringComparer.Ordinal).ToLookup(operation => (operation.Method, operation.Segments.Length));
    }

    public IReadOnlyList<Operation> All { get; }

    /// <param name="method">In capitals; HEAD is read as GET.</param>
    /// <param name="path">The segments below <c>/rest/v0</c>, not yet decoded.</param>
    /// <param name="values">The values of the placeholders, not yet decoded.</param>
    public Operation? Find(string method, string[] path, out Dictionary<string, string> values)
    {
        foreach (var operation in _routes[(method == "HEAD" ? "GET" : method, path.Length)])
        {
            values = new Dictionary<string, string>(StringComparer.Ordinal);
            if (Fits(operation.Segments, path, values))
            {
                return operation;
            }
        }

        values = [];
        return null;
    }

    // A fixed word wins over a placeholder, and {id}.{format} over {id}.
    private static string Openness(Operation operation) =>
        string.Concat(operation.Segments.Select(segment => Dot(segment) > 0 ? '1' : IsPlaceholder(segment) ? '2' : '0'));

    private static bool Fits(string[] template, string[] path, Dictionary<string, string> values)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (!Fits(template[i], path[i], values))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(string template, string segment, Dictionary<string, string> values)
    {
        if (Dot(template) is > 0 and var dot)
        {
            var split = segment.IndexOf('.', StringComparison.Ordinal);
            return split > 0 && Fits(template[..dot], segment[..split], values) && Fits(template[(dot + 1)..], segment[(split + 1)..], values);
        }

        if (!IsPlaceholder(template))
        {
            return string.Equals(template, segment, StringComparison.OrdinalIgnoreCase);
        }

        values[template[1..^1]] = segment;
        return segment.Length > 0;
    }

    /// <summary>Where the dot of <c>{id}.{format}</c> stands, or −1.</summary>
    private static int Dot(string template) =>
        template.IndexOf("}.{", StringComparison.Ordinal) is >= 0 and var at ? at + 1 : -1;

    private static bool IsPlaceholder(string template) => template.StartsWith('{');
}
