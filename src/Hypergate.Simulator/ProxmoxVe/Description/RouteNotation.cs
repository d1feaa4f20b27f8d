using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>Reads operations.txt, parameters.txt and formats.txt.</summary>
internal sealed class RouteNotation
{
    private readonly Dictionary<string, string> _lines = [];
    private readonly Dictionary<string, PropertySchema> _parameters = [];

    private RouteNotation()
    {
        foreach (var line in Lines("parameters.txt"))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            _lines[line[..end]] = line;
        }
    }

    public static (IReadOnlyList<Route> Routes, IReadOnlyDictionary<string, IReadOnlyList<PropertySchema>> Formats) Read()
    {
        var notation = new RouteNotation();
        return (notation.Routes(), notation.Formats());
    }

    /// <summary>The lines of a text of this folder, without empty ones and comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(RouteNotation).Assembly.GetManifestResourceStream(typeof(RouteNotation), name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    private List<Route> Routes()
    {
        var routes = new List<Route>();
        foreach (var line in Lines("operations.txt"))
        {
            if (line[0] != ' ')
            {
                routes.Add(Head(line));
            }
            else
            {
                routes[^1] = With(routes[^1], line.Trim());
            }
        }

        return routes;
    }

    private static Route Head(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Route { Method = words[0], Path = words[1], Name = words[2], Flags = words[3..] };
    }

    private Route With(Route route, string line) => line.Split(' ', 2) switch
    {
        ["takes", var keys] => route with
        {
            Parameters = keys.Split(' ').Select(Parameter).ToDictionary(static parameter => parameter.Name),
        },
        ["open", var who] => route with { OpenTo = who["to ".Length..] },
        ["needs", var check] => route with { Check = (JsonArray)JsonNode.Parse(check)! },
        ["gives", var type] => route with { Gives = type },
        _ => throw new FormatException($"'{line}' of {route.Key} is not understood."),
    };

    private PropertySchema Parameter(string key) =>
        _parameters.TryGetValue(key, out var known) ? known : _parameters[key] = NotationLine.Read(_lines[key], Parameter);

    private Dictionary<string, IReadOnlyList<PropertySchema>> Formats()
    {
        var formats = new Dictionary<string, IReadOnlyList<PropertySchema>>();
        List<PropertySchema> keys = [];
        foreach (var line in Lines("formats.txt"))
        {
            if (line[0] == ' ')
            {
                keys.Add(NotationLine.Read(line.Trim(), Parameter));
            }
            else
            {
                formats[line] = keys = [];
            }
        }

        return formats;
    }
}
