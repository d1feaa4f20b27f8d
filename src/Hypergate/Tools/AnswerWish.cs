namespace Hypergate.Tools;

/// <summary>How a caller wants to see an answer; what is left out is the gateway's choice.</summary>
internal sealed record AnswerWish
{
    /// <summary>The columns; empty for the operation's own.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public string? Sort { get; init; }

    public int Offset { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }

    /// <summary>A name of <see cref="AnswerFormat"/>.</summary>
    public string? Format { get; init; }

    public bool Passthrough => AnswerFormat.IsPassthrough(Format);
}
