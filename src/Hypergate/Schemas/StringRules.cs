using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>minLength, maxLength and pattern. Lengths count characters as people do, not UTF-16 units.</summary>
internal static class StringRules
{
    public static void Check(JsonElement schema, string text, ValuePath path, Findings findings)
    {
        if (Keyword.Count(schema, "minLength") is { } least && Length(text) is var shortLength && shortLength < least)
        {
            findings.Add(new(path, FaultKind.Limit, text == "" && least == 1
                ? "must not be empty"
                : $"must have at least {Words.Count(least, "character")}, but has {shortLength}"));
        }

        if (Keyword.Count(schema, "maxLength") is { } most && Length(text) is var longLength && longLength > most)
        {
            findings.Add(new(path, FaultKind.Limit, $"must have at most {Words.Count(most, "character")}, but has {longLength}"));
        }

        if (Keyword.Text(schema, "pattern") is { } pattern)
        {
            CheckPattern(pattern, text, path, findings);
        }
    }

    private static void CheckPattern(string pattern, string text, ValuePath path, Findings findings)
    {
        switch (SchemaPatterns.Matches(pattern, text))
        {
            case false:
                findings.Add(new(path, FaultKind.Limit, $"must match the pattern {ValueText.Cut(pattern, 100)}")
                {
                    Actual = $"string {ValueText.Quote(text)}",
                });
                break;
            case null:
                findings.Add(new(path, FaultKind.Unchecked, $"could not be matched in time with the pattern {ValueText.Cut(pattern, 100)}"));
                break;
        }
    }

    private static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        return length;
    }
}
