namespace Hypergate.Catalog.Search;

/// <summary>
/// The known word that an unknown one is probably a misspelling of: one letter more, less, other or swapped, two where one of both
/// is long. The first letter is taken to be right, and where two known words are equally near, neither is meant.
/// </summary>
internal sealed class Spelling
{
    private const int ShortestWord = 6;
    private const int LongWord = 10;

    private readonly Dictionary<char, List<string>> _byFirst = [];

    /// <param name="known">Plain words; what is no word, such as the mark of a concept, is left out.</param>
    public Spelling(IEnumerable<string> known)
    {
        foreach (var word in known.Where(static word => word.Length >= ShortestWord - 1 && char.IsLetter(word[0]) && !word.Contains(' ', StringComparison.Ordinal)))
        {
            if (!_byFirst.TryGetValue(word[0], out var list))
            {
                _byFirst[word[0]] = list = [];
            }

            list.Add(word);
        }
    }

    /// <summary>The one nearest word; null where none is near enough.</summary>
    public string? Nearest(string word)
    {
        if (word.Length < ShortestWord || !word.All(char.IsLetter) || !_byFirst.TryGetValue(word[0], out var candidates))
        {
            return null;
        }

        var (nearest, distance, isShared) = ((string?)null, int.MaxValue, false);
        foreach (var candidate in candidates.Where(candidate => Math.Abs(candidate.Length - word.Length) <= Slips(word, candidate)))
        {
            var found = Distance(word, candidate);
            if (found > Slips(word, candidate))
            {
                continue;
            }

            isShared = found < distance ? false : isShared || (found == distance && nearest is not null);
            (nearest, distance) = found < distance ? (candidate, found) : (nearest, distance);
        }

        return isShared ? null : nearest;
    }

    // How many slips of the finger there may be.
    private static int Slips(string word, string candidate) => Math.Max(word.Length, candidate.Length) >= LongWord ? 2 : 1;

    // Letters to insert, delete, replace or swap with their neighbour.
    private static int Distance(string left, string right)
    {
        Span<int> before = stackalloc int[right.Length + 1], last = stackalloc int[right.Length + 1], now = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            now.CopyTo(last);
        }

        return last[right.Length];
    }
}
