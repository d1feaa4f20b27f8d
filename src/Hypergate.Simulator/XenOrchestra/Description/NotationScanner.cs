using System.Globalization;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Takes words, numbers and signs from the text of a schema; blanks mean nothing.</summary>
internal sealed class NotationScanner(string text)
{
    private int _at;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _at == text.Length;
        }
    }

    /// <summary>The next character, or NUL at the end.</summary>
    public char Next => IsAtEnd ? '\0' : text[_at];

    public string Quoted()
    {
        var end = text.IndexOf('"', _at + 1);
        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    public int Number() => int.Parse(TakeWhile(char.IsAsciiDigit), CultureInfo.InvariantCulture);

    /// <summary>A name, which may be empty.</summary>
    public string Word() => TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '$');

    public bool TakeWord(string word)
    {
        var start = _at;
        if (Word() == word)
        {
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>Takes <c>[]</c>, but not the bracket that begins <c>[*]</c>.</summary>
    public bool TakeBrackets()
    {
        if (!text.AsSpan(_at).StartsWith("[]", StringComparison.Ordinal))
        {
            return false;
        }

        _at += 2;
        return true;
    }

    public bool Take(char character)
    {
        if (IsAtEnd || text[_at] != character)
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Expect(char character)
    {
        if (!Take(character))
        {
            throw Unexpected();
        }
    }

    public FormatException Unexpected() => new($"The schema is not understood at its character {_at}: {text}");

    private string TakeWhile(Func<char, bool> fits)
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && fits(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }
}
