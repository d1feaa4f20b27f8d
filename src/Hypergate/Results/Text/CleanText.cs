using System.Buffers;

namespace Hypergate.Results.Text;

/// <summary>
/// Cleans text that a platform, a tenant or a guest wrote, before a model or a person reads it. Every method is idempotent,
/// gives at most twice the characters, returns the same instance where nothing is to do, and runs in linear time.
/// </summary>
public static class CleanText
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\t");

    /// <summary>
    /// Without control characters (except <c>\n</c> and <c>\t</c>), terminal sequences, bidirectional, zero-width, tag and other
    /// invisible code points, and halves of surrogate pairs.
    /// </summary>
    public static string Visible(string text) => InvisibleText.Remove(text);

    /// <summary>
    /// <see cref="Visible"/>, and inert as HTML and Markdown: no tags, images, links or code fences, and nothing that looks like a
    /// token or cursor handed out by the gateway.
    /// </summary>
    public static string Inert(string text) => Markup.Neutralise(InvisibleText.Remove(text));

    /// <summary><see cref="Inert"/> on one line: line ends and tabs are blanks.</summary>
    public static string Line(string text) => Markup.Neutralise(OneLine(InvisibleText.Remove(text)));

    /// <summary><see cref="Line(string)"/> for a cell of a Markdown table: it can create neither a row nor a column.</summary>
    public static string Cell(string text) => Markup.EscapeBars(Line(text));

    /// <summary>The first characters of a text, never half a code point; the same instance where it is no longer.</summary>
    public static string Start(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary><see cref="Line(string)"/> of at most so many characters, and an ellipsis where there were more.</summary>
    public static string Line(string text, int length)
    {
        var line = Line(text);
        return line.Length <= length ? line : $"{Start(line, length)}…";
    }

    /// <summary>Whether a code point may not occur in cleaned text.</summary>
    public static bool IsForbidden(int codePoint) => InvisibleText.IsForbidden(codePoint);

    private static string OneLine(string text)
    {
        if (text.AsSpan().ContainsAny(LineBreaks))
        {
            text = text.Replace('\n', ' ').Replace('\t', ' ');
        }

        return text.Length > 0 && (text[0] == ' ' || text[^1] == ' ') ? text.Trim(' ') : text;
    }
}
