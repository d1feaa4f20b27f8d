using Hypergate.Schemas;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>Reads columns, aggregates and values.</summary>
internal sealed class TextExpressionParser(Tokens tokens)
{
    private static readonly string[] Functions = ["COUNT", "SUM", "AVERAGE", "AVG", "MIN", "MAX"];

    /// <summary>A column or an aggregate.</summary>
    public Expression Operand(bool mayBeAll = false)
    {
        if (tokens.Current.Kind == TokenKind.Word && tokens.Following.IsSign("("))
        {
            return Aggregate();
        }

        if (mayBeAll && Tokens.IsName(tokens.Current) && tokens.Following.IsSign("."))
        {
            return ColumnOrAll();
        }

        return new FieldExpression(Field());
    }

    /// <summary>A column.</summary>
    public FieldName Field()
    {
        var place = tokens.Here;
        var name = tokens.Name("a column");
        return tokens.SkipSign(".") ? new(name, tokens.Name("a column"), place) : new(null, name, place);
    }

    /// <summary>A constant.</summary>
    public RawValue Value()
    {
        var place = tokens.Here;
        if (tokens.Current.Kind is TokenKind.Text or TokenKind.Name)
        {
            return new(RawKind.Text, tokens.Take().Text, place);
        }

        if (tokens.Current.IsSign("-") || tokens.Current.IsSign("+"))
        {
            var sign = tokens.Take().Text;
            return tokens.Current.Kind == TokenKind.Number ? Number(sign == "-" ? "-" : "", place) : throw tokens.Expected("a number");
        }

        if (tokens.Current.Kind == TokenKind.Number)
        {
            return Number("", place);
        }

        return tokens.Current.Kind == TokenKind.Word ? Word(place) : throw tokens.Expected("a value", "Texts stand in single quotes.");
    }

    private Expression ColumnOrAll()
    {
        var place = tokens.Here;
        var table = tokens.Take().Text;
        tokens.ExpectSign(".");
        return tokens.SkipSign("*") ? new AllExpression(table, place) : new FieldExpression(new(table, tokens.Name("a column"), place));
    }

    private AggregateExpression Aggregate()
    {
        var place = tokens.Here;
        var name = tokens.Current.Text;
        var function = name.ToUpperInvariant() switch
        {
            "COUNT" => AggregateFunction.Count,
            "SUM" => AggregateFunction.Sum,
            "AVG" or "AVERAGE" => AggregateFunction.Average,
            "MIN" => AggregateFunction.Min,
            "MAX" => AggregateFunction.Max,
            _ => throw new QueryException(QueryCode.BadAggregate, $"There is no function '{name}'.", place, Hint(name)),
        };
        tokens.Take();
        tokens.ExpectSign("(");
        var isDistinct = tokens.Skip("distinct");
        if (isDistinct && function != AggregateFunction.Count)
        {
            throw new QueryException(QueryCode.BadAggregate, "DISTINCT belongs in COUNT only.", place);
        }

        var isRows = tokens.SkipSign("*");
        if (isRows && (isDistinct || function != AggregateFunction.Count))
        {
            throw new QueryException(QueryCode.BadAggregate, "Only COUNT takes *.", place);
        }

        var field = isRows ? null : Field();
        tokens.ExpectSign(")");
        return new(function, field, isDistinct, place);
    }

    private static string Hint(string name) =>
        NearestName.Find(name, Functions) is { } near ? $"Did you mean {near}?" : $"Functions: {string.Join(", ", Functions)}.";

    // now-30d, written without quotes.
    private RawValue Word(Place place)
    {
        var word = tokens.Current;
        if (word.Is("true") || word.Is("false"))
        {
            return new(RawKind.Bool, tokens.Take().Text, place);
        }

        if (word.Is("null"))
        {
            throw tokens.Error("NULL is no value to compare with.", "Use IS NULL or IS NOT NULL.");
        }

        if (!word.Is("now") && !word.Is("today") && !word.Is("yesterday"))
        {
            throw tokens.Error($"Expected a value, found '{word.Text}'.", $"Texts stand in single quotes: '{word.Text}'. Columns are compared with values only.");
        }

        var text = tokens.Take().Text;
        if (tokens.SkipSign("("))
        {
            tokens.ExpectSign(")");
        }

        while (tokens.Current.IsSign("-") || tokens.Current.IsSign("+"))
        {
            var sign = tokens.Take().Text;
            text += tokens.Current.Kind == TokenKind.Number ? sign + tokens.Take().Text : throw tokens.Expected("a time as in now-30d");
        }

        return new(RawKind.Text, text, place);
    }

    private RawValue Number(string sign, Place place)
    {
        var text = sign + tokens.Take().Text;
        return new(char.IsAsciiDigit(text[^1]) ? RawKind.Number : RawKind.Text, text, place);
    }
}
