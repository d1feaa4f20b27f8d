namespace Hypergate.Catalog.Search;

/// <summary>The words of an index as numbers: a question is looked up once, not again for each operation.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The number of a word, which it has from now on.</summary>
    public int NumberOf(string word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            _numbers[word] = number = _numbers.Count;
        }

        return number;
    }

    /// <summary>For each number whether its word is one of these.</summary>
    public bool[] Marked(IEnumerable<string> words)
    {
        var marked = new bool[_numbers.Count];
        foreach (var word in words)
        {
            if (_numbers.TryGetValue(word, out var number))
            {
                marked[number] = true;
            }
        }

        return marked;
    }
}
