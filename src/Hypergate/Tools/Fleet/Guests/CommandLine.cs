using System.Text;

namespace Hypergate.Tools.Fleet.Guests;

/// <summary>Command lines for guests: taken apart by us and never by a shell, so that a word stays a word.</summary>
internal static class CommandLine
{
    /// <summary>The words of a line; quotes hold blanks together. None where a quote is open.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, inWord) = ('\0', false);
        foreach (var character in line)
        {
            if (quote != '\0')
            {
                (quote, inWord) = character == quote ? ('\0', true) : (quote, true);
                word.Append(quote == '\0' ? "" : character.ToString());
            }
            else if (character is '"' or '\'')
            {
                (quote, inWord) = (character, true);
            }
            else if (!char.IsWhiteSpace(character))
            {
                word.Append(character);
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : [];
    }

    /// <summary>Whether the words are those of an allowed line; a <c>*</c> at its end stands for any further words.</summary>
    public static bool IsAllowed(IReadOnlyList<string> words, IReadOnlyList<string> allowed) => allowed.Any(line =>
    {
        var pattern = Split(line);
        var isOpen = pattern.Count > 1 && pattern[^1] == "*";
        var head = isOpen ? pattern.Count - 1 : pattern.Count;
        return head > 0 && (isOpen ? words.Count >= head : words.Count == head) && words.Take(head).SequenceEqual(pattern.Take(head), StringComparer.Ordinal);
    });
}
