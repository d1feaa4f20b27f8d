using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Schemas;

/// <summary>Limits of numbers and texts.</summary>
internal static class SchemaValues
{
    private const int MostPatterns = 500;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new(StringComparer.Ordinal);

    public static void Check(JsonElement schema, JsonElement value, string path, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            CheckNumber(schema, number, path, faults);
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            CheckText(schema, value.GetString()!, path, faults);
        }
    }

    private static void CheckNumber(JsonElement schema, double number, string path, FaultList faults)
    {
        Limit("minimum", limit => number >= limit, "must be at least");
        Limit("maximum", limit => number <= limit, "must be at most");
        Limit("exclusiveMinimum", limit => number > limit, "must be above");
        Limit("exclusiveMaximum", limit => number < limit, "must be below");
        Limit("multipleOf", step => step <= 0 || Math.Abs(Math.IEEERemainder(number, step)) < 1e-9 * Math.Max(1, Math.Abs(number)), "must be a multiple of");

        void Limit(string word, Func<double, bool> fits, string problem)
        {
            if (schema.TryGetProperty(word, out var limit) && limit.ValueKind == JsonValueKind.Number && !fits(limit.GetDouble()))
            {
                faults.Add(path, $"{problem} {limit.GetRawText()}");
            }
        }
    }

    private static void CheckText(JsonElement schema, string text, string path, FaultList faults)
    {
        if (Number(schema, "minLength") is { } least && text.Length < least)
        {
            faults.Add(path, least == 1 ? "must not be empty" : $"must have at least {least} characters");
        }

        if (Number(schema, "maxLength") is { } most && text.Length > most)
        {
            faults.Add(path, $"must have at most {most} characters");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String && !Matches(pattern.GetString()!, text))
        {
            faults.Add(path, $"must match {pattern.GetString()}");
        }
    }

    // A pattern that is wrong or slow is the description's fault, not the caller's.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Compile(pattern)?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static Regex? Compile(string pattern)
    {
        if (Patterns.TryGetValue(pattern, out var known))
        {
            return known;
        }

        Regex? made;
        try
        {
            made = new Regex(pattern, RegexOptions.ECMAScript | RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (ArgumentException)
        {
            made = null;
        }

        if (Patterns.Count < MostPatterns)
        {
            Patterns[pattern] = made;
        }

        return made;
    }

    private static int? Number(JsonElement schema, string word) =>
        schema.TryGetProperty(word, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
