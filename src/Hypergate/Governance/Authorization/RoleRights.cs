using Hypergate.Governance.Limits;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>What the roles of an audience allow together: any of their rules may allow, any may deny, and deny wins.</summary>
internal sealed class RoleRights
{
    private readonly IReadOnlyList<RoleSettings> _roles;
    private readonly RuleIndex _index;

    /// <param name="roles">The roles that are known, with their names; none allow nothing.</param>
    public RoleRights(IReadOnlyList<(string Name, RoleSettings Settings)> roles)
    {
        _roles = [.. roles.Select(static role => role.Settings)];
        Allow = Rules(roles, "allow", static role => role.Allow, forbids: false);
        Deny = Rules(roles, "deny", static role => role.Deny, forbids: true);
        Confirm = Rules(roles, "confirm", static role => role.Confirm, forbids: true);
        All = [.. Allow, .. Deny, .. Confirm];
        _index = new RuleIndex(Allow, Deny, Confirm);
        HasConditions = All.Any(static rule => rule.Conditions.Count > 0);
        ReferencedArguments = [.. All.SelectMany(static rule => rule.Conditions).SelectMany(static condition => new[] { condition.Path, condition.Wanted.SameAs ?? "" })
            .Where(static path => path.StartsWith("ref.", StringComparison.Ordinal)).Select(CallValues.ArgumentOf).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Rule> Allow { get; }

    public IReadOnlyList<Rule> Deny { get; }

    public IReadOnlyList<Rule> Confirm { get; }

    public IReadOnlyList<Rule> All { get; }

    /// <summary>The arguments whose objects conditions ask for.</summary>
    public IReadOnlyList<string> ReferencedArguments { get; }

    /// <summary>Whether a decision may need more than the operation; without, one look is enough.</summary>
    public bool HasConditions { get; }

    /// <summary>The format of answers that the first role with one wants; null where none does.</summary>
    public string? Format => _roles.Select(static role => role.Format).FirstOrDefault(static format => format is not null);

    public int? BudgetCharacters => _roles.Min(static role => role.BudgetCharacters);

    /// <summary>What its callers may use up: the least of all roles.</summary>
    public LimitSettings Limits => field ??= new()
    {
        CallsPerMinute = _roles.Min(static role => role.CallsPerMinute),
        WritesPerMinute = _roles.Min(static role => role.WritesPerMinute),
        DangerousPerHour = _roles.Min(static role => role.DangerousPerHour),
        MegabytesPerMinute = _roles.Min(static role => role.MegabytesPerMinute),
        CodeRunsPerMinute = _roles.Min(static role => role.CodeRunsPerMinute),
        CodeRunsAtOnce = _roles.Min(static role => role.CodeRunsAtOnce),
    };

    /// <summary>What one of their scripts may use: the least of all roles.</summary>
    public ScriptAllowance Script => field ??= ScriptAllowance.Least([.. _roles.Select(static role => role.Script)]);

    /// <summary>The surfaces that one of the roles is shown; null where one is shown those of the gateway.</summary>
    public IReadOnlyList<string>? Surfaces => _roles.Count == 0 || _roles.Any(static role => role.Surfaces is null)
        ? null
        : [.. _roles.SelectMany(static role => role.Surfaces!).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether any role may see the secrets in any answer.</summary>
    public bool SeesSecrets => _roles.Any(static role => role.Secrets.Count > 0);

    /// <summary>Whether one of the roles may see the secrets in a backend's answers.</summary>
    public bool SeesSecretsOf(string backend) => _roles.Any(role => role.Secrets.Any(pattern => Glob.Fits(pattern, backend)));

    /// <summary>Whether a tool exists: one role must show it and none take it away.</summary>
    public bool ShowsTool(string name) =>
        (_roles.Count == 0 || _roles.Any(role => role.Tools is null || role.Tools.Any(pattern => Glob.Fits(pattern, name))))
        && !_roles.Any(role => role.DenyTools.Any(pattern => Glob.Fits(pattern, name)));

    /// <summary>Whether anything on a backend can be allowed.</summary>
    public bool Reaches(string backend, string kind) => Allow.Any(rule => rule.FitsBackend(backend, kind));

    /// <summary>The highest class that can be allowed on a backend; null for none.</summary>
    public Access? Highest(string backend, string kind) => Enum.GetValues<Access>()
        .Where(access => Allow.Any(rule => rule.FitsBackend(backend, kind) && rule.FitsAccess(access)))
        .Select(static access => (Access?)access)
        .Max();

    /// <summary>The decision where nothing is known but the operation: for lists.</summary>
    public Decision DecideShowing(RuleSubject subject)
    {
        var rules = _index.For(subject);
        Rule? doubt = null;
        foreach (var rule in rules.Deny)
        {
            switch (rule.FitsConditions(subject))
            {
                case Fit.Yes:
                    return new(Verdict.Deny, rule.Name);
                case Fit.Maybe:
                    doubt ??= rule;
                    break;
            }
        }

        var best = Best(rules.Allow, subject);
        return best.Fit switch
        {
            Fit.Yes when doubt is null => new(Verdict.Allow, best.Rule!.Name),
            Fit.No => new(Verdict.Deny, "no rule allows it"),
            _ => new(Verdict.Depends, doubt?.Name ?? best.Rule!.Name),
        };
    }

    /// <summary>The decision over a call: what cannot be found out does not allow, and does deny.</summary>
    public Decision Decide(RuleSubject subject)
    {
        var rules = _index.For(subject);
        return rules.HasConditions ? Decide(rules, subject) : rules.Standing ??= Decide(rules, subject);
    }

    private static Decision Decide(RuleSelection rules, RuleSubject subject)
    {
        if (Array.Find(rules.Deny, rule => rule.FitsConditions(subject) != Fit.No) is { } denying)
        {
            return new(Verdict.Deny, denying.Name);
        }

        var allowing = Array.FindAll(rules.Allow, rule => rule.FitsConditions(subject) == Fit.Yes);
        if (allowing.Length == 0)
        {
            return new(Verdict.Deny, "no rule allows it");
        }

        var consents = allowing.Where(static rule => rule.Confirm is not null).Select(static rule => rule.Confirm)
            .Concat(rules.Confirm.Where(rule => rule.FitsConditions(subject) != Fit.No).Select(static rule => (ConsentRule?)(rule.Confirm ?? ConsentRule.Confirm)));
        return new(Verdict.Allow, allowing[0].Name, consents.Max());
    }

    private static (Fit Fit, Rule? Rule) Best(Rule[] allow, RuleSubject subject)
    {
        (Fit Fit, Rule? Rule) best = (Fit.No, null);
        foreach (var rule in allow)
        {
            if (rule.FitsConditions(subject) is var fit && fit > best.Fit)
            {
                best = (fit, rule);
            }
        }

        return best;
    }

    private static IReadOnlyList<Rule> Rules(
        IReadOnlyList<(string Name, RoleSettings Settings)> roles, string list, Func<RoleSettings, IReadOnlyList<RuleSettings>> of, bool forbids) =>
        [.. roles.SelectMany(role => of(role.Settings).Select((rule, index) => new Rule($"roles.{role.Name}.{list}[{index}]", rule, forbids)))];
}
