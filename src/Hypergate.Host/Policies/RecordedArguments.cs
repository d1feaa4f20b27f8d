using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Host.Policies;

/// <summary>The arguments of a call as the audit holds them: without secrets, and of what is long a part or only length and hash.</summary>
internal static partial class RecordedArguments
{
    /// <summary>Whether the record does not hold the value of an argument that was there.</summary>
    /// <param name="arguments">As recorded.</param>
    /// <param name="path">The dotted path of one: <c>body.memory</c>.</param>
    public static bool Hides(JsonElement arguments, string path)
    {
        if (IsHashAlone(arguments))
        {
            return true;
        }

        var value = arguments;
        foreach (var name in path.Split('.'))
        {
            // A body of which only a word is left may have held it.
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return IsShortened(value);
            }
        }

        return IsShortened(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsShortened));
    }

    private static bool IsHashAlone(JsonElement arguments) =>
        arguments.ValueKind != JsonValueKind.Object || (arguments.GetPropertyCount() == 2 && arguments.TryGetProperty("len", out _) && arguments.TryGetProperty("sha256", out _));

    private static bool IsShortened(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { } text
        && (text.Contains("[REDACTED]", StringComparison.Ordinal) || text.Contains("***", StringComparison.Ordinal) || Rest().IsMatch(text));

    [GeneratedRegex("… [0-9,]+ (?:more characters|more|items|properties)$", RegexOptions.NonBacktracking)]
    private static partial Regex Rest();
}
