using System.Text;

namespace Hypergate.Catalog.Search;

/// <summary>
/// Takes texts apart into plain lower-case words: at capitals, at digits that follow letters of a word, at everything that is neither.
/// Accents go (<c>hôte</c> is <c>hote</c>, <c>löschen</c> is <c>loschen</c>), because people type without them.
/// </summary>
internal static class SearchText
{
    private const int LongestText = 4_000;
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var before = ' ';
        var length = Math.Min(text.Length, LongestText);
        for (var i = 0; i < length; i++)
        {
            var next = i + 1 < length ? text[i + 1] : ' ';
            if (!char.IsLetterOrDigit(text[i]) || StartsWord(before, text[i], next))
            {
                Take(word, words);
            }

            if (char.IsLetterOrDigit(text[i]))
            {
                Append(word, text[i]);
            }

            before = text[i];
        }

        Take(word, words);
        return words;
    }

    // camelCase and the end of an abbreviation: getVDIChain is get, vdi, chain.
    private static bool StartsWord(char before, char character, char next) =>
        char.IsUpper(character) && (char.IsLower(before) || char.IsDigit(before) || (char.IsUpper(before) && char.IsLower(next) && !IsPluralEnd(next)));

    // The s of VMs and SRs is no word's beginning.
    private static bool IsPluralEnd(char next) => next == 's';

    private static void Append(StringBuilder word, char character)
    {
        var lower = char.ToLowerInvariant(character);
        switch (lower)
        {
            case 'ß':
                word.Append("ss");
                break;
            case 'œ':
                word.Append("oe");
                break;
            case 'æ':
                word.Append("ae");
                break;
            default:
                word.Append(Accented.IndexOf(lower) is >= 0 and var place ? Plain[place] : lower);
                break;
        }
    }

    private static void Take(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
