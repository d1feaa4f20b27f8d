using Hypergate.Model;

namespace Hypergate.Governance;

/// <summary>The only way from a tool to a platform.</summary>
/// <param name="steps">In the order in which they see the call; the first one sees the outcome last.</param>
/// <param name="platform">The end of the way: the backend that the call names.</param>
public sealed class CallPipeline(IEnumerable<ICallStep> steps, CallNext platform)
{
    private readonly CallNext _first = steps.Reverse().Aggregate(platform, static (next, step) =>
        (call, cancellationToken) => step.InvokeAsync(call, next, cancellationToken));

    /// <summary>Runs a call through every step. Throws only for cancellation and <see cref="AnswerAwaitedException"/>.</summary>
    public Task<Outcome> RunAsync(Call call, CancellationToken cancellationToken) => _first(call, cancellationToken);
}
