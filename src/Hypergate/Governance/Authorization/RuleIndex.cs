using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>
/// The rules that are about an operation, found once: which they are does not change while there is the operation. What is left to
/// ask at each call are their conditions.
/// </summary>
internal sealed class RuleIndex(IReadOnlyList<Rule> allow, IReadOnlyList<Rule> deny, IReadOnlyList<Rule> confirm)
{
    private readonly ConditionalWeakTable<Operation, ConcurrentDictionary<(string Backend, string Kind, Access Access), RuleSelection>> _found = [];

    public RuleSelection For(RuleSubject subject) => _found.GetOrCreateValue(subject.Operation).GetOrAdd(
        (subject.Backend, subject.Kind, subject.Access),
        static (_, entry) => entry.Index.Select(entry.Subject),
        (Index: this, Subject: subject));

    private RuleSelection Select(RuleSubject subject) => new(About(allow, subject), About(deny, subject), About(confirm, subject));

    private static Rule[] About(IReadOnlyList<Rule> rules, RuleSubject subject) => [.. rules.Where(rule => rule.FitsOperation(subject))];
}

/// <summary>The rules that are about one operation, each list in its order.</summary>
internal sealed record RuleSelection(Rule[] Allow, Rule[] Deny, Rule[] Confirm)
{
    /// <summary>Whether a call decides as well, and not the operation alone.</summary>
    public bool HasConditions { get; } = Allow.Concat(Deny).Concat(Confirm).Any(static rule => rule.Conditions.Count > 0);

    /// <summary>The decision over every call, once it was made where there are no conditions.</summary>
    public Decision? Standing { get; set; }
}
