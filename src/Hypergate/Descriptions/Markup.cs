using System.Text;

namespace Hypergate.Descriptions;

/// <summary>Removes Markdown from one line: emphasis, code marks, and links and images of which only the words stay.</summary>
internal static class Markup
{
    private const int LongestSpan = 300;

    public static string Remove(string line)
    {
        var plain = new StringBuilder(line.Length);
        var position = 0;
        while (position < line.Length)
        {
            position = Take(line, position, plain);
        }

        return plain.ToString().TrimEnd();
    }

    private static int Take(string line, int position, StringBuilder plain)
    {
        var rest = line.AsSpan(position);
        if (rest[0] == '`' || (rest[0] == ' ' && plain is { Length: 0 }) || (rest[0] == ' ' && plain[^1] == ' '))
        {
            return position + 1;
        }

        if (rest.StartsWith("**"))
        {
            return position + 2;
        }

        if (TakeLink(rest, plain) is > 0 and var link)
        {
            return position + link;
        }

        if (TakeEmphasis(rest, plain) is > 0 and var emphasis)
        {
            return position + emphasis;
        }

        plain.Append(rest[0]);
        return position + 1;
    }

    // [words](address), ![words](address) and {@link words}
    private static int TakeLink(ReadOnlySpan<char> rest, StringBuilder plain)
    {
        if (rest.StartsWith("{@link ") && rest.IndexOf('}') is > 0 and < LongestSpan and var brace)
        {
            plain.Append(rest["{@link ".Length..brace]);
            return brace + 1;
        }

        var open = rest.StartsWith("![") ? 2 : rest[0] == '[' ? 1 : 0;
        if (open == 0)
        {
            return 0;
        }

        var window = rest[..Math.Min(rest.Length, LongestSpan)];
        var middle = window.IndexOf("](");
        if (middle < 0 || window[middle..].IndexOf(')') is not (> 0 and var end))
        {
            return 0;
        }

        plain.Append(window[open..middle]);
        return middle + end + 1;
    }

    // *words*, but not a lone star such as the one in "*"
    private static int TakeEmphasis(ReadOnlySpan<char> rest, StringBuilder plain)
    {
        if (rest is not ['*', var first, ..] || !char.IsLetterOrDigit(first))
        {
            return 0;
        }

        var window = rest[1..Math.Min(rest.Length, LongestSpan)];
        var end = window.IndexOf('*');
        if (end <= 0 || !char.IsLetterOrDigit(window[end - 1]))
        {
            return 0;
        }

        plain.Append(window[..end]);
        return end + 2;
    }
}
