using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>Makes operations of the tools and composites of a file.</summary>
/// <param name="document">The file.</param>
/// <param name="settings">What the operator says of it.</param>
/// <param name="wish">What else there is to run it with.</param>
internal sealed class DadlOperations(DadlDocument document, DadlSettings settings, DadlWish wish)
{
    private const int LongestHint = 400;

    private readonly DadlAccess _access = new(document, settings);

    public IReadOnlyList<Operation> All(IReadOnlyDictionary<string, string> unavailable)
    {
        var operations = document.Tools.Select(tool => Of(tool, unavailable.GetValueOrDefault(tool.Name)))
            .Concat(document.Composites.Select(composite => OfComposite(composite, unavailable.GetValueOrDefault(composite.Name))))
            .ToList();
        if (document.Health is { } health && operations.TrueForAll(static operation => operation.Name != "health"))
        {
            operations.Add(OfHealth(health));
        }

        return operations;
    }

    private Operation Of(DadlTool tool, string? problem)
    {
        var (path, query, origin) = DadlPath.Split(tool.Path);
        var rules = tool.Rules with { BodyType = BodyType(tool), Query = query, Origin = origin, IsInternal = tool.Name.StartsWith('_'), Hints = Hints(tool), Examples = ExamplesOf(tool), Returns = tool.Returns };
        var template = TemplateOf(path);
        rules = rules with { Unavailable = problem ?? (template is null ? "its path is none that can be sent" : Unavailable(rules)) };
        var parameters = new DadlParameters(document.Name, settings, wish).Of(tool, rules, _access.Of(tool));
        return new Operation
        {
            Name = tool.Name,
            DeclaredName = tool.Name,
            Domain = template is null ? "other" : GeneralDomain.Of([], template),
            Title = Title(tool),
            Description = DescriptionOf(tool),
            Method = tool.Method,
            Path = path,
            Access = _access.Of(tool),
            Deprecated = tool.Deprecated is not null,
            Parameters = parameters.All,
            Result = ResultShape.One,
            KeepsOrder = true,
            Rules = parameters.Rules,
        };
    }

    private Operation OfComposite(DadlTool composite, string? problem)
    {
        var access = _access.OfComposite(composite);
        return new Operation
        {
            Name = composite.Name,
            DeclaredName = composite.Name,
            Domain = "composites",
            Title = Title(composite),
            Description = DescriptionOf(composite),
            Method = access == Access.Read ? "GET" : "POST",
            Path = $"/{composite.Name}",
            Access = access,
            Parameters = new DadlParameters(document.Name, settings, wish).OfComposite(composite),
            Result = ResultShape.One,
            KeepsOrder = true,
            Rules = composite.Rules with
            {
                IsInternal = composite.Name.StartsWith('_'),
                Hints = Hints(composite),
                Examples = ExamplesOf(composite),
                Unavailable = problem ?? (wish.HasScripts ? null : "needs Node.js 20 or later"),
            },
        };
    }

    private Operation OfHealth(DadlHealth health)
    {
        // A tool brings its host, its headers and the arguments that it cannot do without: those with a default.
        var tool = document.Tools.FirstOrDefault(candidate => candidate.Name == health.Tool) is { } named ? Of(named, null) : null;
        var (path, query, origin) = DadlPath.Split(health.Path ?? "/");
        var rules = tool?.Rules ?? new CallRules { Headers = document.Headers, Query = query, Origin = origin };
        return new Operation
        {
            Name = "health",
            DeclaredName = "health",
            Domain = "health",
            Title = "Health of the backend",
            Description = "Whether the backend answers, how fast, and when the credential ends.",
            Method = tool?.Method ?? "GET",
            Path = tool?.Path ?? path,
            Access = tool is null or { Method: "GET" or "HEAD" } ? Access.Read : tool.Access,
            Parameters = [.. tool?.Parameters.Where(static parameter => parameter.Schema.TryGetProperty("default", out _)) ?? []],
            Result = ResultShape.One,
            Rules = new CallRules
            {
                Headers = rules.Headers,
                Query = rules.Query,
                Origin = rules.Origin,
                BodyType = rules.BodyType,
                NestsBodyKeys = rules.NestsBodyKeys,
                UploadArgument = rules.UploadArgument,
                Health = health.Rules,
                IsInternal = !health.IsExposed,
                Unavailable = Unavailable(rules with { Response = new ResponseRules() }),
            },
        };
    }

    private string? Unavailable(CallRules rules)
    {
        if (rules.Origin is { } origin && !IsAllowed(origin))
        {
            return $"goes to {origin}, which is not in allowHosts";
        }

        if (rules.UploadArgument is not null && !settings.AllowUploads)
        {
            return "sends a file as its body; set allowUploads to offer it";
        }

        // A transform that is every tool's may hide secrets.
        return rules.Response.Transform is not null && !wish.HasTransforms && (rules.Response.IsDefaultTransform || settings.TransformFailure != "pass")
            ? "needs Node.js 20 or later for its jq transform"
            : null;
    }

    private bool IsAllowed(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && (Origin.Same(address, wish.Address) || (address.Scheme == "https" && settings.AllowHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase)));

    private string BodyType(DadlTool tool) => settings.ContentTypes
        .Where(entry => Fits(entry.Key, tool.Name)).Select(static entry => entry.Value).FirstOrDefault()
        ?? DadlCorrections.BodyType(tool) ?? tool.Rules.BodyType;

    private List<CallExample> ExamplesOf(DadlTool tool) =>
        [.. document.Examples.Where(example => example.Code.Contains($"api.{tool.Name}(", StringComparison.Ordinal)).Select(static example => new CallExample(example.Name, example.Code))];

    private List<string> Hints(DadlTool tool) => document.Hints.TryGetValue(tool.Name, out var hints)
        ? [.. hints.Select(static hint => $"{DescriptionText.OneLine(hint.Key, 60)}: {DescriptionText.OneLine(hint.Value, LongestHint)}")]
        : [];

    private static string DescriptionOf(DadlTool tool)
    {
        var text = DescriptionText.OneLine(tool.Description, 1_600);
        var replaced = tool.ReplacedBy is null ? "" : $" Use {tool.ReplacedBy} instead.";
        return tool.Deprecated is { } reason ? $"{text} Deprecated{(reason == "deprecated" ? "" : $": {DescriptionText.OneLine(reason, 200)}")}.{replaced}" : text;
    }

    private static string Title(DadlTool tool)
    {
        var words = string.Join(' ', Words.Split(tool.Name.TrimStart('_')));
        return words.Length == 0 ? tool.Name : DescriptionText.Shorten(char.ToUpperInvariant(words[0]) + words[1..], DescriptionText.LongestTitle);
    }

    // What a placeholder is called is nobody's business but its parameter's.
    private static Descriptions.PathTemplate? TemplateOf(string path)
    {
        try
        {
            return Descriptions.PathTemplate.Parse(DadlPlaceholders.Plain(path), isGeneral: true);
        }
        catch (UnusableOperationException)
        {
            return null;
        }
    }

    internal static bool Fits(string pattern, string name) => RoutePattern.Fits(pattern, name);
}

/// <summary>What there is to run a file with.</summary>
/// <param name="Address">The backend's own.</param>
/// <param name="HasTransforms">Whether jq programs can be run.</param>
/// <param name="HasScripts">Whether composites can be run.</param>
internal sealed record DadlWish(Uri Address, bool HasTransforms, bool HasScripts);
