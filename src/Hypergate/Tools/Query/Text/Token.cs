namespace Hypergate.Tools.Query.Text;

/// <summary>One word or sign of a query.</summary>
/// <param name="Text">Of a quoted one what is between the quotes.</param>
/// <param name="Start">Its first character in the query, from 0.</param>
/// <param name="End">Behind its last.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text '{Text}'",
        _ => $"'{Text}'",
    };
}

internal enum TokenKind
{
    /// <summary>A keyword or a name.</summary>
    Word,

    /// <summary>A name in double quotes, backticks or brackets.</summary>
    Name,

    /// <summary>In single quotes.</summary>
    Text,

    /// <summary>Also with a unit: <c>30d</c>, <c>10GiB</c>, <c>80%</c>.</summary>
    Number,

    Sign,

    End,
}
