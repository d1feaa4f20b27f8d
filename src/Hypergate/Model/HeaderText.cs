namespace Hypergate.Model;

/// <summary>What may stand in a header that we write (rule R-HEAD). Problems never repeat the value.</summary>
internal static class HeaderText
{
    /// <summary>Says what is wrong with a header value; null where it is visible ASCII with blanks only inside.</summary>
    public static string? Problem(string value)
    {
        if (value == "")
        {
            return "it is empty";
        }

        if (value[0] == ' ' || value[^1] == ' ')
        {
            return "it begins or ends with a blank";
        }

        return ForbiddenIn(value, static c => c is >= ' ' and <= '~');
    }

    /// <summary>
    /// Says what is wrong with the value of a header that a call has; null where it can be sent. Nothing may be meant, and Content-Disposition
    /// names files in any script.
    /// </summary>
    public static string? Problem(string name, string value) =>
        value.Length == 0 ? null
        : name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) ? ForbiddenIn(value, static c => c >= ' ' && !char.IsControl(c))
        : Problem(value);

    /// <summary>Says what is wrong with a cookie value; null where it fits the grammar of RFC 6265 and needs no encoding.</summary>
    public static string? CookieProblem(string value) =>
        value == "" ? "it is empty" : ForbiddenIn(value, static c => c is > ' ' and <= '~' and not ('"' or ',' or ';' or '\\'));

    private static string? ForbiddenIn(string value, Func<char, bool> allowed)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (!allowed(value[index]))
            {
                return $"it holds {NameOf(value[index])} at position {index + 1}";
            }
        }

        return null;
    }

    private static string NameOf(char character) => character switch
    {
        '\r' or '\n' => "a line break",
        ' ' => "a blank",
        '\0' => "a NUL character",
        < ' ' or '\x7F' => "a control character",
        > '~' => "a character outside ASCII",
        _ => $"the character {character}",
    };
}
