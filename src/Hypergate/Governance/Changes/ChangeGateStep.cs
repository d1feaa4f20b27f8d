using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Changes;

/// <summary>Lets nothing change in a freeze or outside of its windows. What cannot be found out counts as frozen.</summary>
/// <param name="board">What people have ordered.</param>
/// <param name="calendar">What the settings say.</param>
/// <param name="lookup">Finds pools and tags.</param>
/// <param name="time">For the windows.</param>
internal sealed class ChangeGateStep(FreezeBoard board, ChangeCalendar calendar, ObjectLookup lookup, TimeProvider time) : ICallStep
{
    private const string Policy = "freeze";

    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken) =>
        call.Operation.Changes && !call.DryRun && await ProblemAsync(call, next, cancellationToken) is { } problem ? new Outcome.Refused(Policy, $"{problem} Nothing was sent.") : await next(call, cancellationToken);

    /// <summary>Why the objects of a call must not be changed at this moment; null where they may.</summary>
    public async Task<string?> ProblemAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        IReadOnlyList<Freeze> freezes;
        try
        {
            freezes = await board.CurrentAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"Whether changes are frozen cannot be found out: {exception.Message}";
        }

        var windows = calendar.For(call.Backend);
        if (freezes.Count == 0 && windows.IsEmpty)
        {
            return null;
        }

        var needed = windows.NeedsObjects || freezes.Any(static freeze => freeze.Scope.StartsWith("pool:", StringComparison.Ordinal) || freeze.Scope.StartsWith("tag:", StringComparison.Ordinal));
        var changed = needed ? await ChangedAsync(call, next, cancellationToken) : [ChangedObject.Unknown];
        var freeze = freezes.FirstOrDefault(order => changed.Any(one => Holds(order, call.Backend, one)));
        return freeze is not null
            ? $"Changes are frozen ({freeze}). Looking goes on; 'hypergate freeze status' tells more."
            : windows.Problem(changed, time.GetUtcNow());
    }

    private static bool Holds(Freeze order, string backend, ChangedObject changed) => order.Scope.Split(':', 2) switch
    {
        ["backend", var name] => Glob.Fits(name, backend),
        ["pool", var pool] => changed.Pools is null || changed.Pools.Any(one => Glob.Fits(pool, one)),
        ["tag", var tag] => changed.Tags is null || changed.Tags.Any(one => Glob.Fits(tag, one)),
        _ => true,
    };

    private async Task<IReadOnlyList<ChangedObject>> ChangedAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (lookup.RulesOf(call.Backend) is not { } rules)
        {
            return [ChangedObject.Unknown];
        }

        var (changed, targets) = (new List<ChangedObject>(), rules.Targets(call.Operation, call.Arguments));
        foreach (var target in targets)
        {
            var finding = await lookup.FindAsync(call, target, next, cancellationToken);
            if (!finding.IsGone || changed.Count == 0)
            {
                changed.Add(finding.Facts is { } facts ? new(facts.Pool ?? [], facts.Tags ?? []) : ChangedObject.Unknown);
            }
        }

        // What is moved comes where the arguments say, and what is new lies there, with tags that nobody knows yet.
        foreach (var place in rules.ReferencesIn(call.Arguments).Except(targets))
        {
            var finding = await lookup.FindAsync(call, place, next, cancellationToken);
            if (finding.Facts is not null || finding is { IsGone: false, Failure: not null })
            {
                changed.Add(finding.Facts is { } facts ? new(facts.Pool ?? [], targets.Count > 0 ? [] : null) : ChangedObject.Unknown);
            }
        }

        return changed.Count > 0 && (targets.Count > 0 || !call.Operation.Path.Contains('{')) ? changed : [.. changed, ChangedObject.Unknown];
    }
}
