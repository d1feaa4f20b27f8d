using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hypergate.Results.Tables;

namespace Hypergate.Results;

/// <summary><c>output</c> in the settings: how answers look where the caller does not say.</summary>
public sealed record OutputSettings
{
    [Description("Markdown, JsonCompact, JsonNormal or Csv.")]
    [AllowedValues("Markdown", "JsonCompact", "JsonNormal", "Csv")]
    public string Format { get; init; } = "Markdown";

    [Description("The most characters of one answer's text, 2000 to 1000000.")]
    [Range(2000, 1000000)]
    public int BudgetCharacters { get; init; } = ListShape.DefaultBudget;
}
