using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>One rule of a role, ready to be asked.</summary>
/// <param name="name">Where it stands: <c>roles.operator.allow[0]</c>.</param>
/// <param name="settings">As written.</param>
/// <param name="forbids">Whether it takes away, so that it also hits operations by a name that two share, and one of several things that an argument names is enough.</param>
internal sealed class Rule(string name, RuleSettings settings, bool forbids)
{
    private readonly Condition[] _conditions =
        [.. (settings.Where ?? new Dictionary<string, ConditionSettings>(StringComparer.Ordinal)).Select(static pair => new Condition(pair.Key, pair.Value))];

    public string Name => name;

    public ConsentRule? Confirm => settings.Confirm;

    public IReadOnlyList<Condition> Conditions => _conditions;

    public bool NeedsTarget { get; } = settings.Where?.Any(static pair => new Condition(pair.Key, pair.Value).NeedsTarget) == true;

    public Fit Fits(RuleSubject subject) => FitsOperation(subject) ? FitsConditions(subject) : Fit.No;

    /// <summary>Whether the conditions hold of a subject whose operation the rule is about.</summary>
    public Fit FitsConditions(RuleSubject subject)
    {
        if (subject.HasNoObject && NeedsTarget)
        {
            return Fit.No;
        }

        var fit = Fit.Yes;
        foreach (var condition in _conditions)
        {
            var one = condition.Test(subject.Find, forbids);
            if (one == Fit.No)
            {
                return Fit.No;
            }

            fit = one < fit ? one : fit;
        }

        return fit;
    }

    public bool FitsBackend(string backend, string kind) => FitsAny(settings.Backends, backend) && FitsAny(settings.Kinds, kind);

    public bool FitsAccess(Access access) => settings.Access?.Holds(access) != false;

    /// <summary>Whether it is about such an operation, whatever its conditions.</summary>
    public bool FitsOperation(RuleSubject subject) =>
        FitsAccess(subject.Access)
        && FitsBackend(subject.Backend, subject.Kind)
        && (settings.Operations is not { } operations || operations.Any(pattern => FitsName(pattern, subject.Operation)))
        && (settings.Resources is not { } resources || resources.Any(pattern => FitsFamily(pattern, subject.Operation.Domain)));

    public override string ToString() => string.Join("; ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return settings.Access is { } access ? $"access {access}" : "any access";
        foreach (var (word, list) in new[] { ("backends", settings.Backends), ("kinds", settings.Kinds), ("operations", settings.Operations), ("resources", settings.Resources) })
        {
            if (list is not null)
            {
                yield return $"{word} {string.Join(", ", list)}";
            }
        }

        if (_conditions.Length > 0)
        {
            yield return $"where {string.Join(" and ", _conditions.Select(static condition => condition.ToString()))}";
        }

        if (settings.Confirm is { } confirm)
        {
            yield return $"consent {confirm switch { ConsentRule.None => "none", ConsentRule.Confirm => "confirm", ConsentRule.Approve => "approve", _ => "four-eyes" }}";
        }
    }

    private bool FitsName(string pattern, Operation operation) =>
        forbids ? OperationPattern.MatchesAnyName(pattern, operation) : OperationPattern.Matches(pattern, operation);

    private static bool FitsAny(IReadOnlyList<string>? patterns, string name) => patterns is null || patterns.Any(pattern => Glob.Fits(pattern, name));

    /// <summary>Whether a pattern names a family of resources: <c>sr</c> means the family <c>srs</c> as well.</summary>
    internal static bool FitsFamily(string pattern, string family) => Glob.Fits(pattern, family) || (family.EndsWith('s') && Glob.Fits(pattern, family.AsSpan(..^1)));
}

/// <summary>What a rule is asked about.</summary>
/// <param name="Backend">Its configured name.</param>
/// <param name="Kind">What the backend is.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Access">Its class, or what the arguments of the call raise it to.</param>
/// <param name="Find">What is known of the values that conditions name.</param>
internal sealed record RuleSubject(string Backend, string Kind, Operation Operation, Access Access, Func<string, Known> Find)
{
    /// <summary>Whether it is about no object at all, so that no rule about objects fits.</summary>
    public bool HasNoObject { get; init; }
}
