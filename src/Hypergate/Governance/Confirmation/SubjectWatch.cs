using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// Looks at the object of a change again until the change shows: a platform may answer from a cache that lags behind, and a stale
/// state must not be told as the result.
/// </summary>
internal sealed class SubjectWatch(PreviewMaker look, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The object as it is now, in a line; or that the change cannot be seen yet.</summary>
    /// <param name="call">What was done.</param>
    /// <param name="before">How its objects looked before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<string> LookAsync(Call call, Preview before, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var now = await look(call, cancellationToken);
            if (now.Problem is not null)
            {
                return "it no longer exists";
            }

            if (now.Subjects is [var line, ..] && line != before.Subjects[0])
            {
                return line;
            }

            if (time.GetElapsedTime(started) >= Limit)
            {
                return "the platform does not show the change yet; read it again before relying on its state";
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
