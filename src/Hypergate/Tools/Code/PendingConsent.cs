using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>A call that waits for a person, and with it its run. Either an answer comes or the time ends, never both.</summary>
/// <param name="Call">The exact call.</param>
/// <param name="Entry">What is known of it.</param>
/// <param name="Question">For the person, where the client can ask one; null where a token must do.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Token">What the caller brings back: good once, for this call of this run.</param>
/// <param name="Expires">When it is too late.</param>
internal sealed record PendingConsent(Call Call, CallEntry Entry, Question? Question, string Text, string Token, DateTimeOffset Expires)
{
    private readonly TaskCompletionSource<Answer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller brings back for this call and all further ones of its operation in the run; null where that is not offered.</summary>
    public string? TokenForAll { get; init; }

    /// <summary>The request that other people decide over elsewhere; null where the caller's own person does.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether one answer may be for all calls of the operation.</summary>
    public bool MayCoverAll { get; init; }

    /// <summary>Ends when the run does not wait for this any more, whatever came of it.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody answers.</summary>
    /// <returns>False where it is too late.</returns>
    public bool TryAnswer(Answer answer) => _answered.TrySetResult(answer);

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="TimeoutException">None has come, and none is taken any more.</exception>
    public async Task<Answer> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _answered.Task.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException) when (!_answered.TrySetCanceled(CancellationToken.None))
        {
            return await _answered.Task; // It came in this very moment.
        }
    }
}
