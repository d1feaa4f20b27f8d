using System.Text.Json;

namespace Hypergate.Model;

/// <summary>A caller's wish to run one operation on one backend. Steps pass it on, or a copy made with <c>with</c>.</summary>
public sealed record Call
{
    /// <summary>Joins what is recorded of the call.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("n");

    /// <summary>The configured name of the backend.</summary>
    public required string Backend { get; init; }

    public required Operation Operation { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>A JSON object: one property for each parameter by its name, and <c>body</c> for the body.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>Where it came in: the name of the tool, or <c>preview</c> for what the gateway looks up by itself.</summary>
    public string Tool { get; init; } = "";

    /// <summary>The script run or composite call that it is a part of; empty for none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>The token of an earlier preview, where the caller brought one.</summary>
    public string? ConfirmToken { get; init; }

    /// <summary>The state in which its objects were shown to the person who agreed by token; set by the gateway alone.</summary>
    internal string? ShownState { get; init; }

    /// <summary>How the person was asked who agreed ahead of the call; null where the token only claims that one agreed. Set by the gateway alone.</summary>
    internal string? ShownWay { get; init; }

    /// <summary>What is learnt on the way, for the record; null where none is kept. Set by the gateway alone.</summary>
    internal CallNotes? Notes { get; init; }

    /// <summary>Who else has agreed to exactly this call, and at which level; set by the gateway alone.</summary>
    internal (string By, ConsentRule Level)? Approval { get; init; }

    /// <summary>Who must agree by the caller's roles; set by the gateway alone.</summary>
    internal ConsentRule? RoleConsent { get; init; }

    /// <summary>Who must agree by the gates; set by the gateway alone.</summary>
    internal ConsentRule? GateConsent { get; init; }

    /// <summary>Whether to follow a job that the call starts until it ends.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to follow it; null for as long as the backend's settings say.</summary>
    public TimeSpan? WaitLimit { get; init; }

    /// <summary>Whether to tell only what the call would do: nothing is sent, whatever the consent.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether to ask for consent only: nothing is sent, and who agrees gives a token for the call itself.</summary>
    public bool AsksAhead { get; init; }

    /// <summary>What the caller of the pipeline has found out about the object, for the person who is asked.</summary>
    public CallSubject? Subject { get; init; }

    /// <summary>The composite of whose script this call is a part; null for all others.</summary>
    public ScriptPart? Within { get; init; }

    /// <summary>Whether the platform shall render the answer itself, to be relayed as text.</summary>
    public bool Passthrough { get; init; }

    /// <summary>The way back to the caller while the call runs.</summary>
    public Conversation Conversation { get; init; } = Conversation.Silent;
}

/// <summary>A composite as its own calls see it.</summary>
/// <param name="Name">Its operation.</param>
/// <param name="IsCovered">Whether who agreed to it has agreed to this one as well.</param>
/// <param name="IsDelegated">Whether it lends its own authority.</param>
public sealed record ScriptPart(string Name, bool IsCovered, bool IsDelegated);

/// <summary>The object of a call as a tool has looked it up, in clean text.</summary>
/// <param name="Line">Kind, name, state, where, id: shown where the kind of backend does not look it up by itself.</param>
/// <param name="Name">What the person types where a yes is not enough.</param>
/// <param name="Facts">What is lost, stands in the way or must be known, each in a sentence. When they change, consent is asked anew.</param>
public sealed record CallSubject(string Line, string Name, IReadOnlyList<string> Facts);
