namespace Hypergate.Model;

/// <summary>
/// Ends a call whose question the client can only take to its person by ending the request; the same call comes back with
/// the answer. Thrown by <see cref="Conversation.Ask"/> alone, and nothing has been sent to the platform by then.
/// </summary>
public sealed class AnswerAwaitedException(Question question) : Exception("The person has not answered yet.")
{
    public Question Question { get; } = question;
}
