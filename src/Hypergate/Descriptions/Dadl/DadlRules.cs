using static Hypergate.Descriptions.Dadl.DadlSeverity;

namespace Hypergate.Descriptions.Dadl;

/// <summary>How grave each rule's breach is, for each of the things that a file is checked for.</summary>
internal static class DadlRules
{
    public const string Yaml = "D001";
    public const string MergeKey = "D002";
    public const string FileSize = "D003";
    public const string Spec = "D010";
    public const string NeedsNewSpec = "D011";
    public const string Requires = "D012";
    public const string FeatureNotListed = "D013";
    public const string UnknownKey = "D020";
    public const string WrongType = "D021";
    public const string ClosedValue = "D022";
    public const string RequiredKey = "D030";
    public const string QueryParam = "D031";
    public const string ToolParts = "D040";
    public const string Placeholder = "D041";
    public const string NoPlaceholder = "D042";
    public const string PathRequired = "D043";
    public const string NoAccess = "D044";
    public const string Unresolved = "D045";
    public const string HealthTool = "D046";
    public const string RetryAndTerminal = "D047";
    public const string OddRetry = "D048";
    public const string Path = "D049";
    public const string Transform = "D050";
    public const string Composite = "D051";
    public const string Default = "D052";
    public const string Hint = "D053";
    public const string ReservedHeader = "D054";
    public const string ImplicitUpload = "D055";
    public const string Registry = "D060";
    public const string Identifiers = "D061";
    public const string LongName = "D062";

    // Format, registry, run time.
    private static readonly Dictionary<string, (DadlSeverity Format, DadlSeverity Registry, DadlSeverity Runtime)> Severities = new(StringComparer.Ordinal)
    {
        [Yaml] = (Error, Error, Refusal),
        [MergeKey] = (Error, Error, Warning),
        [FileSize] = (Warning, Error, None),
        [Spec] = (Error, Error, Refusal),
        [NeedsNewSpec] = (Error, Error, Warning),
        [Requires] = (Warning, Warning, Refusal),
        [FeatureNotListed] = (Error, Error, Warning),
        [UnknownKey] = (Error, Error, Warning),
        [WrongType] = (Error, Error, Error),
        [ClosedValue] = (Error, Error, Refusal),
        [RequiredKey] = (Error, Error, Refusal),
        [QueryParam] = (Error, Error, Warning),
        [ToolParts] = (Error, Error, Error),
        [Placeholder] = (Error, Error, Error),
        [NoPlaceholder] = (Error, Error, Warning),
        [PathRequired] = (Error, Error, Warning),
        [NoAccess] = (None, Error, None),
        [Unresolved] = (Error, Error, Warning),
        [HealthTool] = (Error, Error, Warning),
        [RetryAndTerminal] = (Error, Error, Warning),
        [OddRetry] = (None, None, None),
        [Path] = (Error, Error, Error),
        [Transform] = (Error, Error, Error),
        [Composite] = (Error, Error, Error),
        [Default] = (Warning, Warning, Warning),
        [Hint] = (Warning, Warning, Warning),
        [ReservedHeader] = (Warning, Warning, Warning),
        [ImplicitUpload] = (Warning, Warning, Warning),
        [Registry] = (None, Error, None),
        [Identifiers] = (Warning, Error, None),
        [LongName] = (Warning, Warning, Warning),
    };

    // What nobody needs to send a call: it is read as far as it goes.
    private static readonly string[] Beside =
        ["backend.version", "backend.types", "backend.examples", "backend.hints", "backend.coverage", "backend.setup", "backend.health", "credits", "source_name", "source_url", "date"];

    public static DadlSeverity SeverityOf(DadlProblem problem, DadlProfile profile)
    {
        var (format, registry, runtime) = Severities[problem.Rule];
        var severity = profile switch
        {
            DadlProfile.Format => format,
            DadlProfile.Registry => registry,
            _ => runtime,
        };
        return severity switch
        {
            _ when problem.IsOfRegistry && profile != DadlProfile.Registry => None,
            not None when problem.IsMild => Warning,
            Error when profile == DadlProfile.Runtime && problem.Tool is null => IsBeside(problem.Path) ? Warning : Refusal,
            _ => severity,
        };
    }

    private static bool IsBeside(string path) =>
        Array.Exists(Beside, place => path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] is '.' or '['));
}
