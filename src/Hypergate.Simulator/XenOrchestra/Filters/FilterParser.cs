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

    private readonly FilterText _text;
    private int _depth;

    private FilterParser(string text) => _text = new FilterText(text);

    /// <exception cref="FilterSyntaxException">The text is no filter.</exception>
    public static FilterTerm Parse(string text)
    {
        var parser = new FilterParser(text);
        parser._text.Blanks();
        var terms = parser.Terms();
        return parser._text.IsAtEnd
            ? One(terms)
            : throw new FilterSyntaxException($"parse error: expected end of input at position {parser._text.At}");
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
            _text.Blanks();
        }

        return term;
    }

    private FilterTerm? Try(Func<FilterTerm?> form)
    {
        var start = _text.At;
        var term = form();
        _text.At = term is null ? start : _text.At;
        return term;
    }

    private FilterTerm? Group() => InParentheses() is { } terms ? One(terms) : null;

    private FilterTerm? Alternatives()
    {
        if (!_text.Take('|'))
        {
            return null;
        }

        _text.Blanks();
        return InParentheses() is { } terms ? new FilterTerm.AnyOf(terms) : null;
    }

    private List<FilterTerm>? InParentheses()
    {
        if (!_text.Take('('))
        {
            return null;
        }

        _text.Blanks();
        var terms = Terms();
        return terms.Count > 0 && _text.Take(')') ? terms : null;
    }

    private FilterTerm? Negation()
    {
        if (!_text.Take('!'))
        {
            return null;
        }

        _text.Blanks();
        return Term() is { } term ? new FilterTerm.Not(term) : null;
    }

    private FilterTerm? Comparison()
    {
        var sign = _text.Take('>') ? ">" : _text.Take('<') ? "<" : null;
        if (sign is null)
        {
            return null;
        }

        var relation = sign + (_text.Take('=') ? "=" : "");
        return _text.Word() switch
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

        _text.Blanks();
        if (!_text.Take(':'))
        {
            return null;
        }

        _text.Blanks();
        return Term() is { } term ? new FilterTerm.Property(name, term) : null;
    }

    private FilterTerm? Truthy() => Name() is { } name && _text.Take('?') ? new FilterTerm.Truthy(name) : null;

    private FilterTerm? Quoted() => _text.Quoted() is { } text ? new ContainsText(text) : null;

    private FilterTerm? Pattern() =>
        _text.Pattern() is { } pattern ? new MatchesPattern(JavaScriptRegex.Of(pattern, ignoreCase: _text.Take('i'))) : null;

    private FilterTerm? WordOrGlob() => _text.WordOrGlob() switch
    {
        null => null,
        var word when word.Contains('*', StringComparison.Ordinal) => new MatchesPattern(JavaScriptRegex.OfGlob(word)),
        var word when Number.Parse(word) is { } number => new IsNumberOrContains(word, number),
        var word => new ContainsText(word),
    };

    private string? Name() => _text.Quoted() ?? _text.Word();
}
