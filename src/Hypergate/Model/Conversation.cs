namespace Hypergate.Model;

/// <summary>What a call may say to its caller, and ask of the person there, while it runs.</summary>
/// <param name="Report">Takes news of a running job; never blocks.</param>
/// <param name="Ask">Puts a question to the person; null where the client cannot ask one.</param>
public sealed record Conversation(
    Action<Progress> Report,
    Func<Question, CancellationToken, Task<Answer>>? Ask)
{
    /// <summary>Whether the client takes an answer that comes much later, so that a call may wait for other people.</summary>
    public bool CanWait { get; init; }

    /// <summary>The seal of an earlier question that came back with this request, whatever it is worth; null for none.</summary>
    public string? Brought { get; init; }

    /// <summary>Nobody listens and nobody can be asked.</summary>
    public static Conversation Silent { get; } = new(static _ => { }, null);
}

/// <summary>How far a job is, with a line for people.</summary>
/// <param name="Fraction">From 0 to 1; null where the platform does not say.</param>
public sealed record Progress(double? Fraction, string Message);

/// <summary>What a person is asked before something changes.</summary>
/// <param name="Text">What will happen, to which objects by name, and what cannot be undone.</param>
/// <param name="TypeToConfirm">A name to type where a yes is not enough; null where it is.</param>
/// <param name="Seal">Opaque; comes back with the answer and proves what was asked.</param>
public sealed record Question(string Text, string? TypeToConfirm, string Seal)
{
    /// <summary>What else a yes may be for beside this one call, in words; null where it is for this call alone.</summary>
    public string? ForAll { get; init; }
}

/// <summary>What the person answered.</summary>
/// <param name="Accepted">False for no, for closing the question, and for a wrong name typed.</param>
/// <param name="Seal">The seal that came back.</param>
/// <param name="Way">How the person was asked, for the audit: <c>elicitation</c>, <c>command line</c>.</param>
public sealed record Answer(bool Accepted, string? Seal, string Way)
{
    /// <summary>Whether the yes is for <see cref="Question.ForAll"/> too.</summary>
    public bool ForAll { get; init; }
}
