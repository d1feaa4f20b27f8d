using System.Runtime.CompilerServices;
using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Gates;
using Hypergate.Model;

namespace Hypergate.Host.Policies;

/// <summary>Shows a call to gates one by one, as the pipeline does, and tells what each makes of it.</summary>
internal sealed class GateTrial(IReadOnlyList<IGate> gates, TimeProvider time)
{
    private const int LongestValue = 2_000;

    /// <summary>What it has come to.</summary>
    public GateTrialEnd End { get; private set; } = new(default(JsonElement));

    /// <param name="trial">The call.</param>
    /// <param name="answer">What the platform answers; null where gates that look at answers do not run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Line> RunAsync(GateTrialCall trial, JsonElement? answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = trial.Call;
        End = new(call.Arguments);
        var access = call.Operation.Access;
        var subject = new RuleSubject(call.Backend, trial.Kind, call.Operation, access, new CallValues { Call = call, Now = time.GetLocalNow(), IsTargetUnknown = true }.Find);
        if (gates.Count == 0)
        {
            yield return new("There are no gates in force in this file.");
        }

        foreach (var gate in gates.Where(gate => !gate.Fits(subject)))
        {
            yield return new($"{gate.Name}: is not for this call");
        }

        var fitting = gates.Where(gate => gate.Fits(subject)).ToList();
        foreach (var gate in fitting.Where(static gate => gate.Runs(GatePhase.Before)))
        {
            var verdict = await gate.JudgeAsync(call, access, null, cancellationToken);
            var line = Tell(gate, "before", call.Arguments, verdict);
            Keep(gate, verdict);
            yield return line;
            if (line.IsRefusal)
            {
                yield break;
            }

            call = gate.IsShadow ? call : call with { Arguments = verdict.Value };
            End = End with { Arguments = call.Arguments };
        }

        yield return new($"sent: {call.Operation.Name} {Short(call.Arguments)}");
        await foreach (var line in AfterAsync(fitting, call, answer, cancellationToken))
        {
            yield return line;
        }
    }

    private async IAsyncEnumerable<Line> AfterAsync(IReadOnlyList<IGate> fitting, Call call, JsonElement? answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (answer is not { } value)
        {
            yield break;
        }

        var done = new Outcome.Done(value);
        foreach (var gate in fitting.Where(static gate => gate.Runs(GatePhase.After)))
        {
            var verdict = await gate.JudgeAsync(call, call.Operation.Access, done, cancellationToken);
            var line = Tell(gate, "after", done.Value, verdict);
            Keep(gate, verdict);
            yield return line;
            if (line.IsRefusal)
            {
                yield break;
            }

            done = gate.IsShadow ? done : done with { Value = verdict.Value };
        }

        End = End with { Answer = done.Value };
        yield return new($"answered: {Short(done.Value)}");
    }

    private void Keep(IGate gate, GateVerdict verdict)
    {
        if (!gate.IsShadow)
        {
            End = End with { Refusal = verdict.Refusal, Confirm = End.Confirm > verdict.Confirm ? End.Confirm : verdict.Confirm ?? End.Confirm };
        }
    }

    private static Line Tell(IGate gate, string phase, JsonElement given, GateVerdict verdict)
    {
        var would = gate.IsShadow ? "would " : "";
        var what = verdict.Refusal is { } why ? $"{would}refuse{(gate.IsShadow ? "" : "s")}: {why}"
            : JsonElement.DeepEquals(given, verdict.Value) ? "changes nothing"
            : $"{would}change{(gate.IsShadow ? "" : "s")} it to {Short(verdict.Value)}";
        var wish = verdict.Confirm is { } confirm ? $"; wants consent: {confirm.ToString().ToLowerInvariant()}" : "";
        return new($"{gate.Name} ({phase}): {what}{wish}", verdict.Refusal is not null && !gate.IsShadow);
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > LongestValue } text ? $"{text[..LongestValue]}…" : value.GetRawText();

    /// <param name="Text">For people.</param>
    /// <param name="IsRefusal">Whether the call ends here.</param>
    internal sealed record Line(string Text, bool IsRefusal = false);
}
