using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>enum and const.</summary>
internal static class ChoiceRules
{
    public static void Check(JsonElement schema, JsonElement value, ValuePath path, Findings findings)
    {
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            findings.Add(new(path, FaultKind.Choice, $"must be {Show(only)}") { Actual = ValueText.Describe(value) });
        }

        if (Keyword.List(schema, "enum") is { } choices && !choices.Any(choice => JsonElement.DeepEquals(choice, value)))
        {
            findings.Add(new(path, FaultKind.Choice, Rule(choices)) { Actual = ValueText.Describe(value), Hint = Hint(choices, value) });
        }
    }

    private static string Rule(IReadOnlyList<JsonElement> choices) => choices switch
    {
        [] => "is not allowed here",
        [var only] => $"must be {Show(only)}",
        _ => $"must be one of {Words.List([.. choices.Select(Show)])}",
    };

    private static string Hint(IReadOnlyList<JsonElement> choices, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        var texts = choices.Where(static choice => choice.ValueKind == JsonValueKind.String).Select(static choice => choice.GetString()!);
        return NearestName.Find(value.GetString()!, texts) is { } nearest ? $"; did you mean '{nearest}'?" : "";
    }

    private static string Show(JsonElement choice) =>
        choice.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? ValueText.Cut(choice.GetRawText(), 60) : ValueText.Show(choice);
}
