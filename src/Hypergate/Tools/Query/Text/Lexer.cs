using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>Cuts a query into its words and signs; comments are blanks.</summary>
internal ref struct Lexer(string query, Place place)
{
    private static readonly string[] Signs = ["<>", "!=", ">=", "<=", "==", "||", "=", "<", ">", "(", ")", ",", ".", "*", ";", "+", "-", "/", "%"];
    private int _at;

    /// <exception cref="QueryException">A sign that no query has, or a quote that is not closed.</exception>
    public static List<Token> Read(string query, Place place)
    {
        var lexer = new Lexer(query, place);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlanks();
        if (_at >= query.Length)
        {
            return new(TokenKind.End, "", query.Length, query.Length);
        }

        return query[_at] switch
        {
            '\'' => Quoted(TokenKind.Text, '\''),
            '"' => Quoted(TokenKind.Name, '"'),
            '`' => Quoted(TokenKind.Name, '`'),
            '[' => Quoted(TokenKind.Name, ']'),
            var first when char.IsLetter(first) || first == '_' => Run(TokenKind.Word, static c => char.IsLetterOrDigit(c) || c == '_'),
            var first when char.IsAsciiDigit(first) => Number(),
            _ => Sign(),
        };
    }

    private void SkipBlanks()
    {
        while (_at < query.Length)
        {
            var rest = query.AsSpan(_at);
            if (rest.StartsWith("--", StringComparison.Ordinal))
            {
                var end = rest.IndexOf('\n');
                _at = end < 0 ? query.Length : _at + end;
            }
            else if (rest.StartsWith("/*", StringComparison.Ordinal))
            {
                var end = rest.IndexOf("*/", StringComparison.Ordinal);
                _at = end < 0 ? throw Error("The comment is not closed.", _at) : _at + end + 2;
            }
            else if (char.IsWhiteSpace(rest[0]))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    // A doubled quote stands for itself.
    private Token Quoted(TokenKind kind, char close)
    {
        var start = _at++;
        var text = new System.Text.StringBuilder();
        while (_at < query.Length)
        {
            var character = query[_at++];
            if (character != close)
            {
                text.Append(character);
                continue;
            }

            if (_at >= query.Length || query[_at] != close)
            {
                return new(kind, text.ToString(), start, _at);
            }

            text.Append(query[_at++]);
        }

        throw Error("The quote is not closed.", start);
    }

    private Token Number()
    {
        var token = Run(TokenKind.Number, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '%');
        var isSigned = token.Text[^1] is 'e' or 'E' && token.Text[..^1].All(static c => char.IsAsciiDigit(c) || c == '.');
        if (!isSigned || _at >= query.Length || query[_at] is not ('+' or '-'))
        {
            return token;
        }

        _at++;
        var rest = Run(TokenKind.Number, char.IsAsciiDigit);
        return new(TokenKind.Number, query[token.Start..rest.End], token.Start, rest.End);
    }

    private Token Run(TokenKind kind, Func<char, bool> goesOn)
    {
        var start = _at;
        while (_at < query.Length && goesOn(query[_at]))
        {
            _at++;
        }

        return new(kind, query[start.._at], start, _at);
    }

    private Token Sign()
    {
        foreach (var sign in Signs)
        {
            if (query.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
            {
                var start = _at;
                _at += sign.Length;
                return new(TokenKind.Sign, sign, start, _at);
            }
        }

        throw Error($"The character '{query[_at]}' has no place in a query.", _at);
    }

    private readonly QueryException Error(string message, int at) =>
        new(QueryCode.BadSyntax, $"{message} (character {at + 1})", place with { Position = at + 1 });
}
