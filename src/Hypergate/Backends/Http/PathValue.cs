using System.Globalization;
using System.Text;

namespace Hypergate.Backends.Http;

/// <summary>What may stand for a placeholder of a path (rule R-PATH): exactly one segment, on every server and proxy between.</summary>
internal static class PathValue
{
    /// <summary>In characters; ids and tags are far shorter, and servers refuse request lines of 8 kB and more.</summary>
    public const int MaxLength = 2048;

    /// <summary>Says what is wrong with a value; null where it can be sent. Never repeats the value.</summary>
    public static string? Problem(string value)
    {
        if (value == "")
        {
            return "is empty";
        }

        if (value.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters";
        }

        if (!IsWellFormed(value))
        {
            return "is not valid Unicode text";
        }

        // Some servers and proxies decode before they route, so the decoded form has to be harmless too.
        var plain = FoldLookalikes(value);
        return ProblemOfForm(plain) ?? ProblemOfForm(FoldLookalikes(DecodeOnce(plain)));
    }

    /// <summary>Percent-encodes all but letters, digits and <c>-._~</c>.</summary>
    public static string Encode(string value) => Uri.EscapeDataString(value);

    private static string? ProblemOfForm(string form)
    {
        if (form.Any(char.IsControl))
        {
            return "holds a control character or a line break";
        }

        if (form.Contains('\\', StringComparison.Ordinal))
        {
            return "holds a backslash";
        }

        return form.Split('/').Any(IsDotSegment) ? "would lead to another path ('.' or '..')" : null;
    }

    /// <summary>A dot segment as servers see it, some of which drop everything behind a semicolon first.</summary>
    private static bool IsDotSegment(string part) => part.Split(';')[0] is "." or "..";

    private static bool IsWellFormed(string value)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>
    /// Full-width and similar characters as the ASCII character that Unicode's compatibility forms make of them.
    /// By hand, since string normalization does nothing in invariant globalization.
    /// </summary>
    private static string FoldLookalikes(string value) => value
        .Replace('\uFF0E', '.').Replace('\u2024', '.').Replace('\uFE52', '.').Replace("\u2025", "..", StringComparison.Ordinal)
        .Replace('\uFF0F', '/').Replace('\uFF3C', '\\').Replace('\uFE68', '\\')
        .Replace('\uFF1B', ';').Replace('\uFE54', ';').Replace('\uFF05', '%').Replace('\uFE6A', '%');

    /// <summary>Undoes one percent-encoding, as the most lenient server would: overlong UTF-8 counts as what it stands for.</summary>
    private static string DecodeOnce(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length;)
        {
            index += EscapeAt(value, index) is { } first ? AppendEscapes(value, index, first, text) : AppendPlain(value[index], text);
        }

        return text.ToString();
    }

    private static int AppendPlain(char character, StringBuilder text)
    {
        text.Append(character);
        return 1;
    }

    /// <summary>Appends the character that a run of escapes stands for, and returns how many characters it took.</summary>
    private static int AppendEscapes(string value, int index, byte first, StringBuilder text)
    {
        var (more, bits) = first switch
        {
            >= 0xF0 and < 0xF8 => (3, first & 0x07),
            >= 0xE0 and < 0xF0 => (2, first & 0x0F),
            >= 0xC0 and < 0xE0 => (1, first & 0x1F),
            _ => (0, (int)first),
        };

        for (var step = 1; step <= more; step++)
        {
            if (EscapeAt(value, index + 3 * step) is not { } next || next is < 0x80 or > 0xBF)
            {
                return AppendPlain('\uFFFD', text) * 3;
            }

            bits = bits << 6 | next & 0x3F;
        }

        text.Append(Rune.IsValid(bits) && !(more == 0 && first > 0x7F) ? new Rune(bits).ToString() : "\uFFFD");
        return 3 * (more + 1);
    }

    private static byte? EscapeAt(string value, int index)
    {
        var hasThree = index + 2 < value.Length && value[index] == '%';
        return hasThree && byte.TryParse(value.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            ? octet
            : null;
    }
}
