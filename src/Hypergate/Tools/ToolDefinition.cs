using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;

namespace Hypergate.Tools;

/// <summary>A tool as data: what a model is told, and what runs. Its JSON is held in a snapshot by the tests.</summary>
public sealed record ToolDefinition
{
    /// <summary>At most 64 characters of letters, digits and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Names that it answers to as well, although it is not listed under them.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>JSON Schema of the arguments; its root is an object.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>JSON Schema of the structured answer; its root is an object.</summary>
    public required JsonElement OutputSchema { get; init; }

    public required ToolHints Hints { get; init; }

    public required ToolHandler Run { get; init; }
}

/// <summary>What a client may tell its user before it runs a tool.</summary>
/// <param name="ReadOnly">Changes nothing.</param>
/// <param name="Destructive">May destroy something; only meaningful where it is not read only.</param>
/// <param name="Idempotent">Twice is as good as once.</param>
/// <param name="OpenWorld">Reaches beyond the configured platforms.</param>
public sealed record ToolHints(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld)
{
    /// <summary>Looks at the configured platforms only.</summary>
    public static ToolHints Reading { get; } = new(true, false, true, false);
}

/// <summary>Runs a tool. Throws only where the caller cancels, or where it must come back with an answer.</summary>
public delegate Task<ToolResult> ToolHandler(ToolRequest request, CancellationToken cancellationToken);

/// <summary>One use of a tool.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Arguments">A JSON object, not yet checked.</param>
/// <param name="Conversation">The way back to the caller while it runs.</param>
public sealed record ToolRequest(Caller Caller, JsonElement Arguments, Conversation Conversation);

/// <summary>What a tool answers.</summary>
/// <param name="Text">For the model, already cleaned, redacted and within the budget.</param>
public sealed record ToolResult(string Text)
{
    /// <summary>About the answer rather than of it, where the text is data that a program may read: shown apart. Empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether <see cref="Note"/> is shown behind the text, so that a program finds the data first.</summary>
    public bool NoteFollows { get; init; }

    /// <summary>The same as data that fits the tool's output schema; null where it failed.</summary>
    public WrittenJson? Structured { get; init; }

    /// <summary>Pictures beside the text.</summary>
    public IReadOnlyList<ToolImage> Images { get; init; } = [];

    public bool IsError { get; init; }

    public static ToolResult Error(string text) => new(text) { IsError = true };
}

/// <summary>A picture in an answer.</summary>
/// <param name="Data">The file.</param>
/// <param name="MimeType"><c>image/png</c>, <c>image/svg+xml</c>.</param>
public sealed record ToolImage(ReadOnlyMemory<byte> Data, string MimeType);
