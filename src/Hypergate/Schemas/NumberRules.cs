using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>minimum, maximum, their exclusive forms, and multipleOf.</summary>
internal static class NumberRules
{
    public static void Check(JsonElement schema, JsonElement value, ValuePath path, Findings findings)
    {
        Limit("minimum", "at least", static order => order >= 0);
        Limit("exclusiveMinimum", "greater than", static order => order > 0);
        Limit("maximum", "at most", static order => order <= 0);
        Limit("exclusiveMaximum", "less than", static order => order < 0);
        if (Keyword.Number(schema, "multipleOf") is { } factor && factor.GetDouble() > 0 && !Numbers.IsMultiple(value, factor))
        {
            Add($"must be a multiple of {ValueText.Show(factor)}");
        }

        void Limit(string keyword, string words, Func<int, bool> holds)
        {
            if (Keyword.Number(schema, keyword) is { } limit && !holds(Numbers.Compare(value, limit)))
            {
                Add($"must be {words} {ValueText.Show(limit)}");
            }
        }

        void Add(string rule) => findings.Add(new(path, FaultKind.Limit, rule) { Actual = ValueText.Show(value) });
    }
}
