using System.Buffers;
using System.Globalization;

namespace Hypergate.Results.Text;

/// <summary>Removes what a reader cannot see and a terminal would obey.</summary>
internal static class InvisibleText
{
    // Everything outside printable ASCII and the two allowed controls; most text has none of it.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\t\n !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The text without them; line ends of any kind become <c>\n</c>. The same instance where nothing is to do.</summary>
    public static string Remove(string text)
    {
        var first = FirstSuspect(text);
        if (first < 0)
        {
            return text;
        }

        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            text.AsSpan(0, first).CopyTo(buffer);
            return new string(buffer, 0, Filter(text, first, buffer));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int FirstSuspect(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Plain);
        while (at >= 0 && at < text.Length)
        {
            var taken = Visible(text, at);
            if (taken == 0)
            {
                return at;
            }

            at += taken;
            var skipped = text.AsSpan(at).IndexOfAnyExcept(Plain);
            at = skipped < 0 ? -1 : at + skipped;
        }

        return -1;
    }

    private static int Filter(ReadOnlySpan<char> text, int at, Span<char> kept)
    {
        var length = at;
        while (at < text.Length)
        {
            for (var visible = Visible(text, at); visible > 0; visible--)
            {
                kept[length++] = text[at++];
            }

            if (at >= text.Length || Visible(text, at) > 0)
            {
                continue;
            }

            if (IsLineEnd(text, at))
            {
                kept[length++] = '\n';
            }

            at += TerminalSequences.LengthAt(text, at);
        }

        return length;
    }

    /// <summary>How many characters at this place are one visible code point; 0 where it is to be removed.</summary>
    private static int Visible(ReadOnlySpan<char> text, int at)
    {
        var character = text[at];
        if (character is (>= ' ' and <= '~') or '\n' or '\t')
        {
            return 1;
        }

        if (!char.IsSurrogate(character))
        {
            return IsForbidden(character) ? 0 : 1;
        }

        var isPair = char.IsHighSurrogate(character) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        return isPair && !IsForbidden(char.ConvertToUtf32(character, text[at + 1])) ? 2 : 0;
    }

    // A carriage return before a line feed says nothing more. The others would glue two words together if they just vanished.
    private static bool IsLineEnd(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '\r' => at + 1 >= text.Length || text[at + 1] != '\n',
        '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' => true,
        _ => false,
    };

    /// <summary>
    /// Controls, every format character (category Cf: bidirectional, zero-width, tags), the other code points that Unicode
    /// lists as ignorable (fillers, variation selectors), line separators, and noncharacters.
    /// </summary>
    internal static bool IsForbidden(int codePoint) => codePoint switch
    {
        '\n' or '\t' => false,
        < 0x7F => codePoint < ' ',
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 => true,
        (>= 0x180B and <= 0x180F) or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) => true,
        (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFFF0 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF) => true,
        _ => (codePoint & 0xFFFE) == 0xFFFE || CharUnicodeInfo.GetUnicodeCategory(codePoint) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
