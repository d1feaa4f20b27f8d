using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>A call that waits for a person, and with it its run.</summary>
/// <param name="Call">The exact call.</param>
/// <param name="Entry">What is known of it.</param>
/// <param name="Question">For the person, where the client can ask one; null where a token must do.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Token">What the caller brings back: good once, for this call of this run.</param>
/// <param name="Expires">When it is too late.</param>
internal sealed record PendingConsent(Call Call, CallEntry Entry, Question? Question, string Text, string Token, DateTimeOffset Expires)
{
    /// <summary>What the caller brings back for this call and all further ones of its operation in the run; null where that is not offered.</summary>
    public string? TokenForAll { get; init; }

    /// <summary>Whether one answer may be for all calls of the operation.</summary>
    public bool MayCoverAll { get; init; }

    /// <summary>Ends when somebody has answered.</summary>
    public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the run does not wait for this any more, whatever came of it.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody has answered.</summary>
    public void Answer(Answer answer) => Answered.TrySetResult(answer);
}
