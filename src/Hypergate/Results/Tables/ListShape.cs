using System.Globalization;

namespace Hypergate.Results.Tables;

/// <summary>How a caller wants to see a list. <see cref="Problem"/> says what is wrong with it, before anything is sent.</summary>
public sealed record ListShape
{
    /// <summary>Characters of an answer, unless a setting says otherwise.</summary>
    public const int DefaultBudget = 25_000;

    private const int MostFields = 200;
    private const int LongestField = 200;

    /// <summary>The columns, in this order; dotted names reach in. Empty, <c>*</c> or <c>all</c>: every field but <c>href</c>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The field to sort by, behind a <c>-</c> for falling order; null sorts by id. Ties are broken by id.</summary>
    public string? Sort { get; init; }

    /// <summary>Rows to skip. Pages by offset shift when objects come and go; a cursor does not.</summary>
    public int Offset { get; init; }

    /// <summary>The most rows in one answer; null for as many as the budget holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Where an earlier answer to the same query ended.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most characters of the text, and of the structured content.</summary>
    public int Budget
    {
        get;
        init => field = Math.Max(value, SmallestBudget);
    } = DefaultBudget;

    /// <summary>Below this no useful answer is possible; smaller budgets count as this one.</summary>
    public const int SmallestBudget = 2_000;

    public IResultFormat Format { get; init; } = ResultFormats.Markdown;

    /// <summary>
    /// What is asked, as text: caller, backend, operation and every argument that decides which objects are in the list. A cursor
    /// is bound to it.
    /// </summary>
    public string Query { get; init; } = "";

    /// <summary>Fields that the platform's description knows; empty where it does not say.</summary>
    public IReadOnlyList<string> KnownFields { get; init; } = [];

    /// <summary>Warnings of the call itself, to be shown with the others.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether structured content is wanted beside the text; then a page holds the rows that fit both.</summary>
    public bool Structured { get; init; } = true;

    /// <summary>Whether rows stay in the order of the platform where nothing sorts them.</summary>
    public bool KeepsOrder { get; init; }

    public bool AllFields => Fields is [] or ["*"] or ["all"];

    /// <summary>What to ask the platform for, so that the list can be sorted and told apart: <c>*</c> alone for everything.</summary>
    public IReadOnlyList<string> FieldsToRequest => AllFields
        ? ["*"]
        : [.. Fields.Append("id").Concat(SortField is { } sort ? [sort] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>The field to sort by; null for the id.</summary>
    internal string? SortField => Sort?.TrimStart('-') is { Length: > 0 } name ? name : null;

    internal bool Descending => Sort is ['-', ..];

    internal string CursorQuery => $"{Query}\n{Sort}";

    /// <summary>What is wrong and what to do, or null.</summary>
    public string? Problem() => this switch
    {
        { Offset: < 0 } => string.Create(CultureInfo.InvariantCulture, $"offset must be 0 or more, not {Offset}"),
        { Limit: < 1 } => string.Create(CultureInfo.InvariantCulture, $"limit must be 1 or more, not {Limit}"),
        { Cursor: not null, Offset: > 0 } => "cursor and offset cannot be used together: leave offset out to go on where the cursor points",
        { Fields.Count: > MostFields } => string.Create(CultureInfo.InvariantCulture, $"fields may name at most {MostFields} fields; * names all"),
        _ when Fields.FirstOrDefault(static name => name.Length is 0 or > LongestField) is { } => "fields holds an empty or overlong name",
        _ when Cursor is { } cursor && ListCursor.Decode(cursor, CursorQuery, out var problem) is null => problem,
        _ => null,
    };
}
