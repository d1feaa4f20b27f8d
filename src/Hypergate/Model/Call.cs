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

    /// <summary>The token of an earlier preview, where the caller brought one.</summary>
    public string? ConfirmToken { get; init; }

    /// <summary>The state in which its objects were shown to the person who agreed by token; set by the gateway alone.</summary>
    internal string? ShownState { get; init; }

    /// <summary>Whether to follow a job that the call starts until it ends.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Whether the platform shall render the answer itself, to be relayed as text.</summary>
    public bool Passthrough { get; init; }

    /// <summary>The way back to the caller while the call runs.</summary>
    public Conversation Conversation { get; init; } = Conversation.Silent;
}
