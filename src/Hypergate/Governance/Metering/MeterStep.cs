using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hypergate.Model;

namespace Hypergate.Governance.Metering;

/// <summary>Counts and times every call, for whoever listens to the meter or the traces of <c>Hypergate</c>.</summary>
/// <param name="time">The clock.</param>
/// <param name="labelsOperations">Whether calls are told apart by operation as well, which makes as many more series.</param>
public sealed class MeterStep(TimeProvider time, bool labelsOperations = false) : ICallStep
{
    private static readonly ActivitySource Source = new("Hypergate");
    private static readonly Meter Meter = new("Hypergate");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("hypergate_calls", description: "Calls by backend, class, outcome and surface.");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("hypergate_refusals", description: "Calls refused, by the rule that refused them.");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("hypergate_call_seconds", "s", "How long calls take, the platform included.");

    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var end = "interrupted";
        using var span = Source.HasListeners() ? Begin(call) : null;
        try
        {
            var outcome = await next(call, cancellationToken);
            end = Word(outcome);
            if (outcome is Outcome.Refused refused)
            {
                Refusals.Add(1, new KeyValuePair<string, object?>("policy", refused.Policy));
            }

            return outcome;
        }
        finally
        {
            span?.SetTag("hypergate.outcome", end);
            var backend = new KeyValuePair<string, object?>("backend", call.Backend);
            var access = new KeyValuePair<string, object?>("access", call.Operation.Access.ToString().ToLowerInvariant());
            var labels = new TagList { backend, access, new("outcome", end), new("surface", call.Caller.Origin.Surface) };
            if (labelsOperations)
            {
                labels.Add("operation", call.Operation.Name);
            }

            Calls.Add(1, labels);
            Seconds.Record(time.GetElapsedTime(started).TotalSeconds, backend, access);
        }
    }

    // No arguments and no results: a trace goes to others than the audit.
    private static Activity? Begin(Call call) => Source.StartActivity($"call {call.Operation.Name}")
        ?.SetTag("hypergate.backend", call.Backend)
        .SetTag("hypergate.operation", call.Operation.Name)
        .SetTag("hypergate.access", call.Operation.Access.ToString().ToLowerInvariant())
        .SetTag("hypergate.call", call.Id)
        .SetTag("hypergate.caller", call.Caller.Name);

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Done => "done",
        Outcome.Refused => "refused",
        Outcome.Unconfirmed => "unconfirmed",
        _ => "failed",
    };
}
