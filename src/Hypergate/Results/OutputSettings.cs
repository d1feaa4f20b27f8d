using Hypergate.Schemas;

namespace Hypergate.Results;

/// <summary>How answers are written.</summary>
public sealed record OutputSettings
{
    [Setting("The format of lists and objects where a call does not ask for one.", Values = ["Markdown", "JsonCompact", "JsonNormal", "Toon", "Csv"],
        DefaultText = "JsonCompact for fleet tools and queries, Markdown for domains")]
    public string? Format { get; init; }

    [Setting("Characters of text in one answer. What does not fit is cut at a row, with the count and a cursor to go on.",
        Minimum = 1000, Maximum = 1_000_000)]
    public int BudgetCharacters { get; init; } = 25_000;
}
