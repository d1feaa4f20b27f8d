using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>Reads what follows FROM: a table, and those joined to it.</summary>
internal sealed class TextTableParser(Tokens tokens, TextExpressionParser expressions)
{
    /// <summary>A table and its alias.</summary>
    public TableName Table()
    {
        var place = tokens.Here;
        if (tokens.Current.IsSign("("))
        {
            throw tokens.Error("A query inside a query is not possible.", "Join tables, or ask twice.");
        }

        return new(tokens.Name("a table"), tokens.Alias(), place);
    }

    /// <summary>All that is joined to it.</summary>
    public List<JoinNode> Joins()
    {
        var joins = new List<JoinNode>();
        while (true)
        {
            var place = tokens.Here;
            if (tokens.Skip("left", "outer", "join") || tokens.Skip("left", "join"))
            {
                joins.Add(Join(isLeft: true, place));
            }
            else if (tokens.Skip("inner", "join") || tokens.Skip("join"))
            {
                joins.Add(Join(isLeft: false, place));
            }
            else
            {
                return tokens.Current is { Kind: TokenKind.Word, Text: var word } && word.ToUpperInvariant() is "RIGHT" or "FULL" or "CROSS" or "NATURAL"
                    ? throw tokens.Error($"There is no {word.ToUpperInvariant()} JOIN.", "Use JOIN or LEFT JOIN.")
                    : joins;
            }
        }
    }

    private JoinNode Join(bool isLeft, Place place)
    {
        var table = Table();
        tokens.Expect("on");
        var inBrackets = tokens.SkipSign("(");
        var pairs = new List<JoinPair>();
        do
        {
            pairs.Add(Pair());
        }
        while (tokens.Skip("and"));
        if (inBrackets)
        {
            tokens.ExpectSign(")");
        }

        return new(table, isLeft, pairs, place);
    }

    private JoinPair Pair()
    {
        var place = tokens.Here;
        var left = expressions.Field();
        var differs = tokens.SkipSign("<>") || tokens.SkipSign("!=");
        if (!differs && !tokens.SkipSign("=") && !tokens.SkipSign("=="))
        {
            throw tokens.Expected("'='", "Tables are joined on equal columns; other conditions belong in WHERE.");
        }

        return Tokens.IsName(tokens.Current)
            ? new(left, expressions.Field(), differs, place)
            : throw tokens.Expected("a column of the other table", "Conditions on values belong in WHERE.");
    }
}
