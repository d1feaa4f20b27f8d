using Polly;
using Polly.Retry;

namespace Hypergate.Backends.Http;

/// <summary>
/// Repeats reads that failed in a way that may pass: no connection, 429, 502, 503, 504. Used only after a first
/// failure, so that Polly is not even loaded while all is well.
/// </summary>
internal sealed class ReadRetries
{
    /// <summary>A server that wants us away for longer gets its wish, and the caller the answer at once.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(20);

    private readonly Func<HttpReply, bool> _isFinal;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResult> _pipeline;

    /// <param name="isFinal">Answers that another try would not change.</param>
    /// <param name="time">The clock that the waits go by.</param>
    /// <param name="most">How often a read is repeated at most.</param>
    public ReadRetries(Func<HttpReply, bool> isFinal, TimeProvider time, int most = 2)
    {
        (_isFinal, _time) = (isFinal, time);
        _pipeline = new ResiliencePipelineBuilder<HttpResult> { TimeProvider = time }.AddRetry(Strategy(most)).Build();
    }

    /// <summary>Whether a result of a read is worth another try.</summary>
    public static bool MayPass(HttpResult result) =>
        result is TransportFailure { MayPass: true } or HttpReply { Status: 429 or 502 or 503 or 504 };

    /// <summary>Goes on after a first result that <see cref="MayPass"/>.</summary>
    /// <param name="first">Counts as the first try of three.</param>
    /// <param name="again">One more try.</param>
    /// <param name="left">What remains of the request's time limit.</param>
    /// <returns>The last result, also when the time limit ends while waiting for another try.</returns>
    public async Task<HttpResult> GoOnAsync(
        HttpResult first, Func<CancellationToken, Task<HttpResult>> again, TimeSpan left, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Keys.Deadline, _time.GetUtcNow() + left);
        HttpResult? latest = null;
        var isSending = false;
        try
        {
            return await _pipeline.ExecuteAsync(NextAsync, context);
        }
        catch (OperationCanceledException) when (!isSending)
        {
            return latest!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        async ValueTask<HttpResult> NextAsync(ResilienceContext context)
        {
            if (latest is null)
            {
                return latest = first;
            }

            isSending = true;
            latest = await again(context.CancellationToken);
            isSending = false;
            return latest;
        }
    }

    private RetryStrategyOptions<HttpResult> Strategy(int most) => new()
    {
        MaxRetryAttempts = most,
        Delay = TimeSpan.FromMilliseconds(250),
        MaxDelay = TimeSpan.FromSeconds(2),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments => new(arguments.Outcome.Result is { } result && Wanted(result, arguments.Context)),
        DelayGenerator = static arguments => new((arguments.Outcome.Result as HttpReply)?.RetryAfter),
    };

    private bool Wanted(HttpResult result, ResilienceContext context)
    {
        if (!MayPass(result) || result is not HttpReply reply)
        {
            return MayPass(result);
        }

        var left = context.Properties.GetValue(Keys.Deadline, default) - _time.GetUtcNow();
        var comesInTime = reply.RetryAfter is not { } wait || (wait <= MaxRetryAfter && wait < left);
        return comesInTime && !_isFinal(reply);
    }

    // Beside the class, which is loaded at every start: a field of a struct of Polly would load Polly with it.
    private static class Keys
    {
        public static readonly ResiliencePropertyKey<DateTimeOffset> Deadline = new("deadline");
    }
}
