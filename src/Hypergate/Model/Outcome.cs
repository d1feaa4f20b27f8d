using System.Text.Json;

namespace Hypergate.Model;

/// <summary>How a call ended. Only these ways exist; a bug is an exception, not an outcome.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>How consent was given: <c>elicitation</c>, <c>token (self-asserted)</c>, <c>command line</c>, <c>policy</c>; null where none was needed.</summary>
    public string? Consent { get; init; }

    /// <summary>The objects of a call that changes something, each in a line: kind, name, state, where, id.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>The main one of them after the call; null where a look would tell nothing new.</summary>
    public string? SubjectNow { get; init; }

    /// <summary>The platform did it.</summary>
    /// <param name="Value">What it answered; <c>Undefined</c> where it answered without a body.</param>
    public sealed record Done(JsonElement Value) : Outcome
    {
        /// <summary>The HTTP status.</summary>
        public int Status { get; init; } = 200;

        /// <summary>Bytes of the answer on the wire, after decompression.</summary>
        public long Bytes { get; init; }

        /// <summary>The job that the call started, where it started one.</summary>
        public Job? Job { get; init; }

        /// <summary>What the caller should know beside the value: a filter that can never match, a field nobody knows.</summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    /// <summary>The gateway said no; nothing was sent to the platform.</summary>
    /// <param name="Policy">Which rule: <c>arguments</c>, <c>authorization</c>, <c>confirmation</c>, <c>audit</c>.</param>
    /// <param name="Reason">What was wrong, and what to do next.</param>
    public sealed record Refused(string Policy, string Reason) : Outcome
    {
        /// <summary>Whether people were asked, and one of them said no.</summary>
        public bool IsDeclined { get; init; }

        /// <summary>Whether people were asked, and nobody answered in time.</summary>
        public bool IsExpired { get; init; }
    }

    /// <summary>The call waits for consent; nothing was sent to the platform.</summary>
    /// <param name="Preview">What would happen, and the token to bring with the second call.</param>
    public sealed record Unconfirmed(string Preview) : Outcome
    {
        /// <summary>The token by itself; null where a second call would not run either.</summary>
        public string? Token { get; init; }

        /// <summary>The id of the request that other people decide over, where the call waits for them; null where it does not.</summary>
        public string? Approval { get; init; }
    }

    /// <summary>The platform said no, or could not be reached.</summary>
    /// <param name="Status">The HTTP status; null where there was no answer.</param>
    /// <param name="Detail">What happened, to what, and what to do next.</param>
    public sealed record Failed(int? Status, string Detail) : Outcome
    {
        /// <summary>The job that failed, where the call had started one.</summary>
        public Job? Job { get; init; }

        /// <summary>The same in parts, where the description of the operation tells them apart.</summary>
        public CallError? Error { get; init; }
    }
}

/// <summary>Work that a platform goes on with after it answered.</summary>
/// <param name="Id">The platform's own id of it.</param>
/// <param name="State">How it stands.</param>
public sealed record Job(string Id, JobState State)
{
    /// <summary>How to ask for it later: <c>tasks_query GetTask with this id</c>. Empty where it has ended.</summary>
    public string HowToAsk { get; init; } = "";
}

public enum JobState
{
    Running,
    Succeeded,
    Failed,

    /// <summary>The platform stopped it before its end.</summary>
    Interrupted,

    /// <summary>Nobody knows: the platform no longer tells. Never to be read as success.</summary>
    Unknown,
}
