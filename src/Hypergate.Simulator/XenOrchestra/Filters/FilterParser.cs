using System.Text;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>
/// Reads the filter language by trying one form after the other. Whatever does not read on leaves a rest, and the rest is the
/// error: <c>parse error: expected end of input at position 11</c>, counted in UTF-16 units.
/// </summary>
/// <remarks>
/// <code>
/// filter := term*
/// term   := "(" term+ ")" | "|" "(" term+ ")" | "!" term | (">" | ">=" | "&lt;" | "&lt;=") word
///         | name ":" term | name "?" | quoted | "/" regex "/" ["i"] | word-or-glob
/// </code>
/// </remarks>
internal sealed class FilterParser
{
    // Deeper nesting would end the process, not the parse.
    private const int DeepestNesting = 400;

    private readonly string _text;
    private int _at;
    private int _depth;

    private FilterParser(string text) => _text = text;

    /// <exception cref="FilterSyntaxException">The text is no filter.</exception>
    public static FilterTerm Parse(string text)
    {
        var parser = new FilterParser(text);
        parser.Blanks();
        var terms = parser.Terms();
        return parser._at == text.Length
            ? One(terms)
            : throw new FilterSyntaxException($"parse error: expected end of input at position {parser._at}");
    }

    private static FilterTerm One(IReadOnlyList<FilterTerm> terms) =>
        terms is [var only] ? only : new FilterTerm.AllOf(terms);

    private List<FilterTerm> Terms()
    {
        var terms = new List<FilterTerm>();
        while (Term() is { } term)
        {
            terms.Add(term);
        }

        return terms;
    }

    /// <summary>The next term and the blanks behind it; or null, and nothing is read.</summary>
    private FilterTerm? Term()
    {
        if (++_depth > DeepestNesting)
        {
            throw new FilterSyntaxException("Maximum call stack size exceeded");
        }

        var term = Try(Group) ?? Try(Alternatives) ?? Try(Negation) ?? Try(Comparison) ?? Try(Property) ?? Try(Truthy)
            ?? Try(Quoted) ?? Try(Pattern) ?? Try(WordOrGlob);
        _depth--;
        if (term is not null)
        {
            Blanks();
        }

        return term;
    }

    private FilterTerm? Try(Func<FilterTerm?> form)
    {
        var start = _at;
        var term = form();
        _at = term is null ? start : _at;
        return term;
    }

    private FilterTerm? Group() => InParentheses() is { } terms ? One(terms) : null;

    private FilterTerm? Alternatives()
    {
        if (!Take('|'))
        {
            return null;
        }

        Blanks();
        return InParentheses() is { } terms ? new FilterTerm.AnyOf(terms) : null;
    }

    private List<FilterTerm>? InParentheses()
    {
        if (!Take('('))
        {
            return null;
        }

        Blanks();
        var terms = Terms();
        return terms.Count > 0 && Take(')') ? terms : null;
    }

    private FilterTerm? Negation()
    {
        if (!Take('!'))
        {
            return null;
        }

        Blanks();
        return Term() is { } term ? new FilterTerm.Not(term) : null;
    }

    private FilterTerm? Comparison()
    {
        if (_at == _text.Length || _text[_at] is not ('<' or '>'))
        {
            return null;
        }

        var relation = _text[_at++].ToString() + (Take('=') ? "=" : "");
        return Word() switch
        {
            null => null,
            var word when Number.Parse(word) is { } limit => new Compares(relation, limit),
            _ => throw new FilterSyntaxException("value must be a number"),
        };
    }

    private FilterTerm? Property()
    {
        if (Name() is not { } name)
        {
            return null;
        }

        Blanks();
        if (!Take(':'))
        {
            return null;
        }

        Blanks();
        return Term() is { } term ? new FilterTerm.Property(name, term) : null;
    }

    private FilterTerm? Truthy() => Name() is { } name && Take('?') ? new FilterTerm.Truthy(name) : null;

    private FilterTerm? Quoted() => QuotedText() is { } text ? new ContainsText(text) : null;

    private FilterTerm? Pattern()
    {
        if (!Take('/'))
        {
            return null;
        }

        var start = _at;
        for (var escaped = false; _at < _text.Length; _at++)
        {
            if (_text[_at] == '/' && !escaped)
            {
                var pattern = _text[start.._at++];
                return new MatchesPattern(JavaScriptRegex.Of(pattern, ignoreCase: Take('i')));
            }

            escaped = _text[_at] == '\\';
        }

        return null;
    }

    private FilterTerm? WordOrGlob() => Run(c => c == '*' || IsOfWord(c)) switch
    {
        null => null,
        var word when word.Contains('*', StringComparison.Ordinal) => new MatchesPattern(JavaScriptRegex.OfGlob(word)),
        var word when Number.Parse(word) is { } number => new IsNumberOrContains(word, number),
        var word => new ContainsText(word),
    };

    private string? Name() => QuotedText() ?? Word();

    private string? Word() => Run(IsOfWord);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$';

    private string? Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : null;
    }

    /// <summary>A text in quotes; one that is never closed goes to the end.</summary>
    private string? QuotedText()
    {
        if (!Take('"'))
        {
            return null;
        }

        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at++] is var c and not '"')
        {
            text.Append(c == '\\' && _at < _text.Length ? _text[_at++] : c);
        }

        return text.ToString();
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
