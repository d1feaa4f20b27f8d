using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>A query's words, read one after the other.</summary>
internal sealed class Tokens(IReadOnlyList<Token> tokens, Place place)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "select", "from", "where", "group", "having", "order", "limit", "offset", "join", "inner", "left", "right", "full", "cross", "outer", "natural",
        "on", "as", "and", "or", "not", "in", "like", "between", "is", "null", "asc", "desc", "union", "except", "intersect", "distinct", "fetch", "by",
    };

    private int _at;

    public Token Current => tokens[_at];

    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Where the current word stands.</summary>
    public Place Here => PlaceOf(Current);

    public Place PlaceOf(Token token) => place.Pointer == TextQueryParser.Pointer ? place with { Position = token.Start + 1 } : place;

    public Token Take() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    /// <summary>Goes on if the next words are these.</summary>
    public bool Skip(params ReadOnlySpan<string> keywords)
    {
        for (var index = 0; index < keywords.Length; index++)
        {
            if (!tokens[Math.Min(_at + index, tokens.Count - 1)].Is(keywords[index]))
            {
                return false;
            }
        }

        _at += keywords.Length;
        return true;
    }

    public bool SkipSign(string sign)
    {
        if (!Current.IsSign(sign))
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Expect(string keyword)
    {
        if (!Skip(keyword))
        {
            throw Expected(keyword.ToUpperInvariant());
        }
    }

    public void ExpectSign(string sign)
    {
        if (!SkipSign(sign))
        {
            throw Expected($"'{sign}'");
        }
    }

    public static bool IsName(Token token) => token.Kind == TokenKind.Name || (token.Kind == TokenKind.Word && !Reserved.Contains(token.Text));

    public string Name(string what) => IsName(Current) ? Take().Text : throw Expected(what);

    /// <summary>A second name: behind AS, or without it.</summary>
    public string? Alias()
    {
        if (Skip("as"))
        {
            return Name("a name");
        }

        return IsName(Current) ? Take().Text : null;
    }

    public QueryException Expected(string what, string? hint = null) => Error($"Expected {what}, found {Current}.", hint);

    public QueryException Error(string message, string? hint = null) => Error(message, Current, hint);

    public QueryException Error(string message, Token token, string? hint = null) => new(
        QueryCode.BadSyntax,
        place.Pointer == TextQueryParser.Pointer ? $"{message} (character {token.Start + 1})" : message,
        PlaceOf(token),
        hint);
}
