namespace Hypergate.Tools.Query.Execution;

/// <summary>Texts with <c>%</c> for any characters and <c>_</c> for one, without case.</summary>
internal static class Like
{
    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny('%', '_');

    /// <summary>In time that grows with both lengths at worst, whatever the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        var (at, sign, lastPercent, resume) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (sign < pattern.Length && pattern[sign] == '%')
            {
                (lastPercent, resume) = (sign++, at);
            }
            else if (sign < pattern.Length && (pattern[sign] == '_' || char.ToUpperInvariant(pattern[sign]) == char.ToUpperInvariant(text[at])))
            {
                (sign, at) = (sign + 1, at + 1);
            }
            else if (lastPercent >= 0)
            {
                (sign, at) = (lastPercent + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[sign..].TrimStart('%').IsEmpty;
    }
}
