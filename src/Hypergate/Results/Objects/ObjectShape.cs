using Hypergate.Results.Tables;

namespace Hypergate.Results.Objects;

/// <summary>How a caller wants to see a single object.</summary>
public sealed record ObjectShape
{
    /// <summary>Whether rows, where it is a list, stay in the order of the platform.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>The fields to show, dotted names reach in; empty, <c>*</c> or <c>all</c> for the whole object.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The most characters of the text, and of the structured content.</summary>
    public int Budget
    {
        get;
        init => field = Math.Max(value, ListShape.SmallestBudget);
    } = ListShape.DefaultBudget;

    public IResultFormat Format { get; init; } = ResultFormats.Markdown;

    /// <summary>Warnings of the call itself.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether structured content is wanted beside the text.</summary>
    public bool Structured { get; init; } = true;

    internal bool AllFields => Fields is [] or ["*"] or ["all"];
}
