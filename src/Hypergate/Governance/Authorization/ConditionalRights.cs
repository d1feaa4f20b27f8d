using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>
/// Rights that depend on the objects and arguments of a call. What a caller may not touch or see answers like what does not exist;
/// rows of answers are left out.
/// </summary>
/// <param name="lookup">What is known of objects.</param>
/// <param name="time">For conditions about the time.</param>
internal sealed class ConditionalRights(ObjectLookup lookup, TimeProvider time)
{
    private const string RowByRow = "each row by the rules";

    // Of more objects in one argument nothing is known.
    private const int MostReferences = 100;

    /// <summary>What decides over a call.</summary>
    /// <param name="Access">Its class with its arguments.</param>
    internal sealed record Ask(PolicyPlace Place, RoleRights Rights, Access Access);

    public async Task<Outcome> InvokeAsync(Call call, Ask ask, CallNext next, CancellationToken cancellationToken)
    {
        var judged = await JudgeAsync(call, ask, next, cancellationToken);
        call.Notes?.Rule = judged.Decision?.Rule ?? (judged.Refusal is null ? RowByRow : "");
        if (judged.Refusal is { } refusal)
        {
            return refusal;
        }

        var rules = lookup.RulesOf(call.Backend);
        if (call.Operation.Changes || rules is null || judged.IsWhole || !NeedsObjects(call, ask))
        {
            var outcome = await next(call with { RoleConsent = judged.Decision?.Confirm }, cancellationToken);
            if (call.Operation.Changes)
            {
                lookup.Forget(call.Backend);
            }

            return outcome;
        }

        // What the platform renders itself cannot be filtered.
        return await next(call with { Passthrough = false }, cancellationToken) is var answer && answer is Outcome.Done done
            ? await new RowFilter(rules, row => MayShowAsync(call, ask, row, next, cancellationToken)).FilterAsync(call.Operation, done)
            : answer;
    }

    /// <summary>The decision over a call before it runs.</summary>
    public async Task<Judgement> JudgeAsync(Call call, Ask ask, CallNext read, CancellationToken cancellationToken)
    {
        var values = new CallValues { Call = call, Now = time.GetLocalNow(), References = await ReferencesAsync(call, ask, read, cancellationToken) };
        var rules = lookup.RulesOf(call.Backend);
        var targets = rules?.Targets(call.Operation, call.Arguments) ?? [];
        if (!NeedsObjects(call, ask) || (rules is not null && targets.Count == 0))
        {
            // Rows of a list are judged one by one.
            return NeedsObjects(call, ask) && IsList(call)
                ? new(null, null, IsWhole: false)
                : Judge(values, ask, hasNoObject: rules is not null && targets.Count == 0);
        }

        if (rules is null)
        {
            return Judge(values with { IsTargetUnknown = true }, ask);
        }

        Judgement judged = new(null, null, rules.IsLeaf(targets[0].Family));
        for (var index = 0; index < targets.Count && judged.Refusal is null; index++)
        {
            judged = await JudgeAsync(values, ask, targets[index], index == 0, read, cancellationToken) is { } one ? judged.And(one) : judged;
        }

        return judged;
    }

    /// <summary>How each rule that is about such an operation stands to a call, for whoever wants to know why.</summary>
    public async Task<IReadOnlyList<(Rule Rule, Fit Fit)>> ExplainAsync(Call call, Ask ask, CallNext read, CancellationToken cancellationToken)
    {
        var values = new CallValues { Call = call, Now = time.GetLocalNow(), References = await ReferencesAsync(call, ask, read, cancellationToken) };
        var rules = lookup.RulesOf(call.Backend);
        var hasNoObject = rules is not null && rules.Targets(call.Operation, call.Arguments).Count == 0;
        if (hasNoObject && IsList(call))
        {
            // Each row has its own answer.
            (values, hasNoObject) = (values with { IsTargetUnknown = true }, false);
        }
        else if (!hasNoObject && NeedsObjects(call, ask))
        {
            var facts = rules is null ? null : (await lookup.FindAsync(call, rules.Targets(call.Operation, call.Arguments)[0], read, cancellationToken)).Facts;
            values = values with { Target = facts, IsTargetUnknown = facts is null };
        }

        var subject = ask.Place.Subject(call.Operation, ask.Access, values.Find) with { HasNoObject = hasNoObject };
        return [.. ask.Rights.All.Select(rule => (rule, rule.Fits(subject)))];
    }

    private async Task<Judgement?> JudgeAsync(CallValues values, Ask ask, ObjectRef target, bool isMain, CallNext read, CancellationToken cancellationToken)
    {
        if (target == ObjectRef.Unnamed)
        {
            return Judge(values with { IsTargetUnknown = true }, ask);
        }

        var finding = await lookup.FindAsync(values.Call, target, read, cancellationToken);
        if (finding.IsGone)
        {
            return isMain ? new(null, NoSuchObject(values.Call, target.Id)) : null;
        }

        return finding.Failure is { } failure
            ? new(null, failure)
            : Judge(values with { Target = finding.Facts, IsTargetUnknown = finding.Facts is null }, ask, id: target.Id);
    }

    private static Judgement Judge(CallValues values, Ask ask, bool hasNoObject = false, string? id = null)
    {
        var call = values.Call;
        var decision = ask.Rights.Decide(ask.Place.Subject(call.Operation, ask.Access, values.Find) with { HasNoObject = hasNoObject });
        if (decision.IsAllowed)
        {
            return new(decision, null);
        }

        var open = values with { AreArgumentsOpen = true };
        var couldBe = ask.Rights.DecideShowing(ask.Place.Subject(call.Operation, call.Operation.Access, open.Find) with { HasNoObject = hasNoObject }).Verdict != Verdict.Deny;
        return new(decision, couldBe && !values.IsTargetUnknown
            ? Arguments(call, decision, ask.Access)
            : id is null ? new Outcome.Refused("authorization", AuthorizationStep.NoSuchOperation(call.Operation.Name, call.Backend)) : NoSuchObject(call, id));
    }

    private static Outcome.Refused Arguments(Call call, Decision decision, Access access) => access > call.Operation.Access
        ? AuthorizationStep.TooHigh(call, access)
        : new("authorization", $"With these arguments {call.Operation.Name} is not allowed ({decision.Rule}). Nothing was sent. whoami tells the rules.");

    private static Outcome.Failed NoSuchObject(Call call, string id) => new(404, $"There is no object '{id}' on backend '{call.Backend}'.");

    private async Task<bool> MayShowAsync(Call call, Ask ask, ObjectRef? row, CallNext read, CancellationToken cancellationToken)
    {
        var values = new CallValues { Call = call, Now = time.GetLocalNow() };
        if (row is not { } known)
        {
            return ask.Rights.Decide(ask.Place.Subject(call.Operation, ask.Access, values.Find) with { HasNoObject = true }).IsAllowed;
        }

        var facts = await lookup.OfRowAsync(call, known, read, cancellationToken);
        values = values with { Target = facts, IsTargetUnknown = facts is null };
        return ask.Rights.Decide(ask.Place.Subject(call.Operation, ask.Access, values.Find)).IsAllowed;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<ObjectFacts?>>> ReferencesAsync(Call call, Ask ask, CallNext read, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<ObjectFacts?>>(StringComparer.Ordinal);
        foreach (var name in ask.Rights.ReferencedArguments)
        {
            var ids = CallValues.TextsOf(call.Arguments, name) is { Count: > 0 } own ? own : CallValues.TextsOf(call.Arguments, $"body.{name}");
            if (ids.Count > 0)
            {
                found[name] = ids.Count > MostReferences ? [null] : await Task.WhenAll(ids.Select(id => ReferenceAsync(call, name, id, read, cancellationToken)));
            }
        }

        return found;
    }

    private async Task<ObjectFacts?> ReferenceAsync(Call call, string name, string id, CallNext read, CancellationToken cancellationToken) =>
        lookup.RulesOf(call.Backend)?.Reference(name.Split('.')[^1], id) is { } reference ? (await lookup.FindAsync(call, reference, read, cancellationToken)).Facts : null;

    private static bool NeedsObjects(Call call, Ask ask)
    {
        var subject = ask.Place.Subject(call.Operation, ask.Access, static _ => Known.Unknown);
        return ask.Rights.All.Any(rule => rule.NeedsTarget && rule.FitsOperation(subject));
    }

    private static bool IsList(Call call) => call.Operation is { Changes: false, Result: ResultShape.List };
}

/// <summary>Whether a call may run.</summary>
/// <param name="Decision">By which rule; null where none was asked.</param>
/// <param name="Refusal">What to answer instead; null where it may.</param>
/// <param name="IsWhole">Whether all that the call answers belongs to an object that was judged.</param>
internal sealed record Judgement(Decision? Decision, Outcome? Refusal, bool IsWhole = false)
{
    public Judgement And(Judgement other) => this with
    {
        Refusal = Refusal ?? other.Refusal,
        Decision = other.Decision is { } decision ? decision with { Confirm = new[] { Decision?.Confirm, decision.Confirm }.Max() } : Decision,
    };
}
