using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>
/// Asks the gates that are for a call, in the order of the settings; the first refusal ends it. They see only calls that may be
/// made and fit their schema, and what they change is checked again by the steps behind this one: they narrow, never widen.
/// </summary>
/// <param name="gates">Those in force.</param>
/// <param name="checks">The steps that a call must pass before a gate sees it.</param>
/// <param name="records">Tells what they did.</param>
/// <param name="placeOf">The kind of the call's backend, and its class, which its arguments may have raised.</param>
/// <param name="time">For conditions.</param>
internal sealed class GateStep(IReadOnlyList<IGate> gates, IReadOnlyList<ICallStep> checks, GateRecords records, Func<Call, (string Kind, Access Access)> placeOf, TimeProvider time) : ICallStep
{
    private const string Policy = "gates";

    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var (kind, access) = placeOf(call);
        var values = new CallValues { Call = call, Now = time.GetLocalNow(), IsTargetUnknown = true };
        var subject = new RuleSubject(call.Backend, kind, call.Operation, access, values.Find);
        var fitting = gates.Where(gate => gate.Fits(subject)).ToList();
        return fitting.Count == 0 ? next(call, cancellationToken) : Checked((one, token) => ToldAsync(one, (fitting, access), next, token))(call, cancellationToken);
    }

    private CallNext Checked(CallNext guarded) =>
        checks.Reverse().Aggregate(guarded, static (next, step) => (call, token) => step.InvokeAsync(call, next, token));

    private async Task<Outcome> ToldAsync(Call call, (IReadOnlyList<IGate> Gates, Access Access) fitting, CallNext next, CancellationToken cancellationToken)
    {
        var outcome = await GuardedAsync(call, fitting, next, cancellationToken);
        records.Tell(fitting.Gates, call, fitting.Access, outcome);
        return outcome;
    }

    private async Task<Outcome> GuardedAsync(Call call, (IReadOnlyList<IGate> Gates, Access Access) fitting, CallNext next, CancellationToken cancellationToken)
    {
        foreach (var gate in fitting.Gates.Where(static gate => gate.Runs(GatePhase.Before)))
        {
            var verdict = await JudgedAsync(gate, call, fitting.Access, null, cancellationToken);
            if (verdict.Refusal is { } why)
            {
                return new Outcome.Refused(Policy, $"The gate '{gate.Name}' refuses {call.Operation.Name}: {why} Nothing was sent.");
            }

            if (verdict.Value.ValueKind != JsonValueKind.Object)
            {
                return new Outcome.Refused(Policy, $"The gate '{gate.Name}' leaves no arguments to {call.Operation.Name}. Nothing was sent.");
            }

            call = call with { Arguments = verdict.Value, GateConsent = call.GateConsent > verdict.Confirm ? call.GateConsent : verdict.Confirm ?? call.GateConsent };
        }

        return await next(call, cancellationToken) is var outcome && outcome is Outcome.Done done ? await AfterAsync(call, fitting, done, cancellationToken) : outcome;
    }

    private async Task<Outcome> AfterAsync(Call call, (IReadOnlyList<IGate> Gates, Access Access) fitting, Outcome.Done done, CancellationToken cancellationToken)
    {
        foreach (var gate in fitting.Gates.Where(static gate => gate.Runs(GatePhase.After)))
        {
            var verdict = await JudgedAsync(gate, call, fitting.Access, done, cancellationToken);
            if (verdict.Refusal is { } why)
            {
                return Withheld(call, done, $"The gate '{gate.Name}' withholds the answer of {call.Operation.Name}: {why}");
            }

            done = done.Value.ValueKind == JsonValueKind.Undefined && verdict.Value.ValueKind == JsonValueKind.Null ? done : done with { Value = verdict.Value };
        }

        return done;
    }

    // What it says, recorded where it says anything; of one that only tells, no more than that.
    private async Task<GateVerdict> JudgedAsync(IGate gate, Call call, Access access, Outcome.Done? done, CancellationToken cancellationToken)
    {
        var given = done?.Value ?? call.Arguments;
        var verdict = await gate.JudgeAsync(call, access, done, cancellationToken);
        if (verdict.Refusal is not null || !IsSame(given, verdict.Value))
        {
            await records.WriteAsync(gate, call, done, verdict);
        }

        return gate.IsShadow ? new(given) : verdict;
    }

    private static bool IsSame(JsonElement given, JsonElement left) =>
        given.ValueKind == JsonValueKind.Undefined || left.ValueKind == JsonValueKind.Undefined
            ? given.ValueKind == left.ValueKind || left.ValueKind == JsonValueKind.Null
            : JsonElement.DeepEquals(given, left);

    private static Outcome.Failed Withheld(Call call, Outcome.Done done, string what)
    {
        var text = call.Operation.Changes ? $"{what} It WAS DONE on the platform." : what;
        return new(done.Status, text) { Error = new CallError("refused", text) { HttpStatus = done.Status }, Consent = done.Consent, Subjects = done.Subjects, Job = done.Job };
    }
}
