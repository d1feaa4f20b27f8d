namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>The operations, found by method and path.</summary>
internal sealed class RouteTable
{
    private readonly Level _root = new();

    private RouteTable()
    {
        (All, Formats) = RouteNotation.Read();
        foreach (var route in All)
        {
            Add(route);
        }
    }

    /// <summary>Read once: it does not change.</summary>
    public static RouteTable Shared { get; } = new();

    public IReadOnlyList<Route> All { get; }

    /// <summary>The keys of each property string.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PropertySchema>> Formats { get; }

    /// <summary>The operation of a decoded path, with the values of its placeholders; null where there is none.</summary>
    public (Route Route, Dictionary<string, string> Values)? Find(string method, string path)
    {
        var level = _root;
        var values = new Dictionary<string, string>();
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            if (level.Fixed.TryGetValue(segments[i], out var next))
            {
                level = next;
            }
            else if (level.Placeholder is ({ } name, { } below))
            {
                // The last placeholder of a storage's content takes slashes: volume ids have them.
                var rest = name == "volume";
                values[name] = rest ? string.Join('/', segments[i..]) : segments[i];
                level = below;
                i = rest ? segments.Length : i;
            }
            else
            {
                return null;
            }
        }

        return level.Routes.TryGetValue(method, out var route) ? (route, values) : null;
    }

    /// <summary>The names one level below a path, with the placeholder if there is one.</summary>
    public IEnumerable<string> Below(string path)
    {
        var level = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(_root, static (at, segment) => segment[0] == '{' ? at.Placeholder.Below! : at.Fixed[segment]);
        return level.Fixed.Keys;
    }

    private void Add(Route route)
    {
        var level = _root;
        foreach (var segment in route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            level = segment[0] == '{' ? level.Placed(segment.Trim('{', '}')) : level.Named(segment);
        }

        level.Routes[route.Method] = route;
    }

    private sealed class Level
    {
        public Dictionary<string, Level> Fixed { get; } = [];

        public (string? Name, Level? Below) Placeholder { get; private set; }

        public Dictionary<string, Route> Routes { get; } = [];

        public Level Named(string segment) =>
            Fixed.TryGetValue(segment, out var level) ? level : Fixed[segment] = new Level();

        public Level Placed(string name)
        {
            if (Placeholder.Below is null)
            {
                Placeholder = (name, new Level());
            }

            return Placeholder.Below!;
        }
    }
}
