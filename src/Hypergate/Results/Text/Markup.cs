using System.Buffers;
using System.Text;

namespace Hypergate.Results.Text;

/// <summary>Takes the force out of markup with single blanks, so that the text stays readable and at most doubles.</summary>
internal static class Markup
{
    private static readonly SearchValues<char> Triggers = SearchValues.Create("<!]`~");

    /// <summary>
    /// HTML tags, Markdown images, links and link definitions, code fences, and the words by which our own answers hand out
    /// tokens and cursors. The same instance where nothing is to do.
    /// </summary>
    public static string Neutralise(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            text = text
                .Replace("confirm_token:", "confirm_token :", StringComparison.Ordinal)
                .Replace("cursor:", "cursor :", StringComparison.Ordinal);
        }

        var first = text.AsSpan().IndexOfAny(Triggers);
        return first < 0 ? text : Spaced(text);
    }

    /// <summary>Escapes each bar that is not escaped already. The same instance where nothing is to do.</summary>
    public static string EscapeBars(string text)
    {
        if (!text.Contains('|', StringComparison.Ordinal))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        var backslashes = 0;
        foreach (var character in text)
        {
            // An odd number of backslashes is an escape to every reader, also to those that look at the last one only.
            if (character == '|' && backslashes % 2 == 0)
            {
                escaped.Append('\\');
            }

            backslashes = character == '\\' ? backslashes + 1 : 0;
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length + 8);
        var run = 0;
        var label = default(LinkLabel);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            run = character is '`' or '~' && at > 0 && text[at - 1] == character ? run + 1 : 1;
            if (run == 3)
            {
                spaced.Append(' ');
                run = 1;
            }

            spaced.Append(character);
            var endsLabel = label.Read(character);
            if (at + 1 < text.Length && IsMarkup(character, text.AsSpan(at + 1), endsLabel))
            {
                spaced.Append(' ');
            }
        }

        return spaced.Length == text.Length ? text : spaced.ToString();
    }

    private static bool IsMarkup(char character, ReadOnlySpan<char> rest, bool endsLabel) => (character, rest[0]) switch
    {
        ('<', '/' or '!' or '?') => true,
        ('<', var next) => char.IsAsciiLetter(next),
        ('!', '[') or (']', '(' or '[') => true,
        // "[::1]:8006" is an address with a port, "[x]: https://…" the definition of a link.
        (']', ':') => endsLabel && (rest.Length == 1 || !char.IsAsciiDigit(rest[1])),
        _ => false,
    };

    /// <summary>Follows a bracket that opens a line, as the definition of a link does; its label may go on over line ends.</summary>
    private struct LinkLabel
    {
        private bool _lineHasBegun;
        private bool _isOpen;
        private bool _isEscaped;

        /// <summary>Whether this character closes such a bracket.</summary>
        public bool Read(char character)
        {
            var closes = _isOpen && character == ']';
            _isOpen = _isOpen ? character != ']' || _isEscaped : character == '[' && !_lineHasBegun;
            _lineHasBegun = character != '\n' && (_lineHasBegun || character is not (' ' or '\t' or '>'));
            _isEscaped = character == '\\';
            return closes;
        }
    }
}
