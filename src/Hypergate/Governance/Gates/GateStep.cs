using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>
/// Runs the scripts of the gates that are for a call, in the order of the settings; the first refusal ends it. They see only calls that may be
/// made and fit their schema, and what they change is checked again by the steps behind this one: they narrow, never widen.
/// </summary>
/// <param name="gates">Those in force.</param>
/// <param name="checks">The steps that a call must pass before a gate sees it.</param>
/// <param name="run">Runs a script.</param>
/// <param name="placeOf">The kind of the call's backend, and its class, which its arguments may have raised.</param>
/// <param name="time">For conditions.</param>
internal sealed class GateStep(IReadOnlyList<ScriptGate> gates, IReadOnlyList<ICallStep> checks, GateRunner run, Func<Call, (string Kind, Access Access)> placeOf, TimeProvider time) : ICallStep
{
    private const string Policy = "gates";

    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var (kind, access) = placeOf(call);
        var values = new CallValues { Call = call, Now = time.GetUtcNow(), IsTargetUnknown = true };
        var subject = new RuleSubject(call.Backend, kind, call.Operation, access, values.Find);
        var fitting = gates.Where(gate => gate.Fits(subject)).ToList();
        return fitting.Count == 0 ? next(call, cancellationToken) : Checked((one, token) => GuardedAsync(one, (fitting, access), next, token))(call, cancellationToken);
    }

    private CallNext Checked(CallNext guarded) =>
        checks.Reverse().Aggregate(guarded, static (next, step) => (call, token) => step.InvokeAsync(call, next, token));

    private async Task<Outcome> GuardedAsync(Call call, (IReadOnlyList<ScriptGate> Gates, Access Access) fitting, CallNext next, CancellationToken cancellationToken)
    {
        foreach (var gate in fitting.Gates.Where(static gate => gate.Runs(GatePhase.Before)))
        {
            var result = await gate.RunAsync(run, GateContext.Of(call, fitting.Access, gate.Name), GateContext.Arguments, cancellationToken);
            if (result.Refusal is { } why)
            {
                return new Outcome.Refused(Policy, $"The gate '{gate.Name}' refuses {call.Operation.Name}: {why} Nothing was sent.");
            }

            if (result.Value.ValueKind != JsonValueKind.Object)
            {
                return new Outcome.Refused(Policy, $"The gate '{gate.Name}' leaves no arguments to {call.Operation.Name}. Nothing was sent.");
            }

            call = call with { Arguments = result.Value };
        }

        return await next(call, cancellationToken) is var outcome && outcome is Outcome.Done done ? await AfterAsync(call, fitting, done, cancellationToken) : outcome;
    }

    private async Task<Outcome> AfterAsync(Call call, (IReadOnlyList<ScriptGate> Gates, Access Access) fitting, Outcome.Done done, CancellationToken cancellationToken)
    {
        foreach (var gate in fitting.Gates.Where(static gate => gate.Runs(GatePhase.After)))
        {
            var result = await gate.RunAsync(run, GateContext.Of(call, fitting.Access, gate.Name, done), GateContext.Result, cancellationToken);
            if (result.Refusal is { } why)
            {
                return Withheld(call, done, $"The gate '{gate.Name}' withholds the answer of {call.Operation.Name}: {why}");
            }

            done = done.Value.ValueKind == JsonValueKind.Undefined && result.Value.ValueKind == JsonValueKind.Null ? done : done with { Value = result.Value };
        }

        return done;
    }

    private static Outcome.Failed Withheld(Call call, Outcome.Done done, string what)
    {
        var text = call.Operation.Changes ? $"{what} It WAS DONE on the platform." : what;
        return new(done.Status, text) { Error = new CallError("refused", text) { HttpStatus = done.Status }, Consent = done.Consent, Subjects = done.Subjects, Job = done.Job };
    }
}
