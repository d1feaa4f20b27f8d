using System.Buffers;

namespace Hypergate.Results.Text;

/// <summary>The control sequences of terminals (ECMA-48): colours, cursor moves, window titles, links.</summary>
internal static class TerminalSequences
{
    // A string ends at the first of these; only three of them are right ends. All are stops, so that the search stays linear.
    private static readonly SearchValues<char> StringEnds =
        SearchValues.Create("\a\n\r\u0018\u001A\u001B\u0090\u0098\u009B\u009C\u009D\u009E\u009F");

    /// <summary>
    /// Characters to drop at a forbidden one: a whole sequence where one starts here and ends properly, else only what
    /// introduces it, so that no text is swallowed.
    /// </summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            '\u001B' when next == '[' => 2 + Control(text[(at + 2)..]),
            '\u001B' when next is ']' or 'P' or 'X' or '^' or '_' => 2 + String(text[(at + 2)..]),
            '\u001B' => 1 + Escape(text[(at + 1)..]),
            '\u009B' => 1 + Control(text[(at + 1)..]),
            '\u0090' or '\u0098' or '\u009D' or '\u009E' or '\u009F' => 1 + String(text[(at + 1)..]),
            _ when char.IsHighSurrogate(text[at]) && char.IsLowSurrogate(next) => 2,
            _ => 1,
        };
    }

    private static int Control(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is >= '0' and <= '?')
        {
            at++;
        }

        return WithFinal(text, at, '@');
    }

    private static int Escape(ReadOnlySpan<char> text) => WithFinal(text, 0, '0');

    private static int WithFinal(ReadOnlySpan<char> text, int at, char lowestFinal)
    {
        while (at < text.Length && text[at] is >= ' ' and <= '/')
        {
            at++;
        }

        return at < text.Length && text[at] >= lowestFinal && text[at] <= '~' ? at + 1 : 0;
    }

    private static int String(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(StringEnds);
        return end < 0 ? 0 : text[end] switch
        {
            '\a' or '\u009C' => end + 1,
            '\u001B' when end + 1 < text.Length && text[end + 1] == '\\' => end + 2,
            _ => 0,
        };
    }
}
