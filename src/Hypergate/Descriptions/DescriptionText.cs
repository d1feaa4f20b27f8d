using System.Globalization;
using System.Net;
using System.Text;

namespace Hypergate.Descriptions;

/// <summary>Makes one short line for people and models out of a document's text.</summary>
public static class DescriptionText
{
    public const int LongestDescription = 600;
    public const int LongestNote = 240;
    public const int LongestTitle = 80;

    // Longer texts are cut before any work is done on them.
    internal const int LongestRawText = 8_192;

    /// <summary>
    /// One line: paragraphs become sentences, list items are joined by semicolons, entities are decoded, markup is
    /// removed, invisible and control characters vanish. Longer texts end in an ellipsis.
    /// </summary>
    public static string OneLine(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var raw = text.Length > LongestRawText ? text[..LongestRawText] : text;
        return Shorten(Markup.Remove(Visible(JoinLines(WebUtility.HtmlDecode(raw)))), longest);
    }

    /// <summary>The text without characters that a reader cannot see: control, format, private, unpaired.</summary>
    public static string Visible(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r')
            {
                kept.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    /// <summary>Cut at a word where it is too long, and marked with an ellipsis.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var cut = text.LastIndexOf(' ', longest - 1);
        var end = cut > longest / 2 ? cut : longest - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return string.Concat(text.AsSpan(0, end).TrimEnd(" ,;:."), "…");
    }

    private static bool IsInvisible(Rune rune) => rune.Value is 0xFFFD or 0x115F or 0x1160 or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string JoinLines(string text)
    {
        var joined = new StringBuilder(text.Length);
        var afterBlank = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty)
            {
                afterBlank = true;
                continue;
            }

            var isItem = line.StartsWith("- ") || line.StartsWith("* ");
            AppendJoint(joined, isItem, afterBlank);
            joined.Append(isItem ? line[2..].TrimStart() : line);
            afterBlank = false;
        }

        return joined.ToString();
    }

    private static void AppendJoint(StringBuilder joined, bool isItem, bool afterBlank)
    {
        if (joined.Length == 0)
        {
            return;
        }

        var ended = joined[^1] is '.' or '!' or '?' or ':' or ';' or ',';
        joined.Append(ended ? " " : isItem ? "; " : afterBlank ? ". " : " ");
    }
}
