using System.Globalization;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>Reads the text form of a query: one SELECT.</summary>
internal sealed class TextQueryParser
{
    /// <summary>Where a query that is a text stands.</summary>
    public const string Pointer = "/query";

    private const int LongestQuery = 20_000;
    private readonly Tokens _tokens;
    private readonly TextExpressionParser _expressions;
    private readonly TextConditionParser _conditions;
    private readonly TextTableParser _tables;

    private TextQueryParser(string text, Place place)
    {
        if (text.Length > LongestQuery)
        {
            throw new QueryException(QueryCode.BadSyntax, $"A query has at most {LongestQuery} characters.", place);
        }

        _tokens = new(Lexer.Read(text, place), place);
        _expressions = new(_tokens);
        _conditions = new(_tokens, _expressions);
        _tables = new(_tokens, _expressions);
    }

    /// <exception cref="QueryException">It is no query.</exception>
    public static QueryTree Read(string text) => new TextQueryParser(text, new Place(Pointer)).Statement();

    /// <summary>A column or an aggregate, as it stands in a JSON query.</summary>
    public static Expression Expression(string text, Place place) => text.Contains('(', StringComparison.Ordinal)
        ? new TextQueryParser(text, place).Alone(static parser => parser._expressions.Operand())
        : new FieldExpression(FieldName.Parse(text, place));

    /// <summary>A column of the answer, as it stands in a JSON query.</summary>
    public static SelectItem SelectItem(string text, Place place) => !text.AsSpan().ContainsAny(" (*")
        ? new(new FieldExpression(FieldName.Parse(text, place)), null, place)
        : new TextQueryParser(text, place).Alone(static parser => parser.SelectItem()) with { Place = place };

    private T Alone<T>(Func<TextQueryParser, T> read)
    {
        var value = read(this);
        return _tokens.Current.Kind == TokenKind.End ? value : throw _tokens.Error($"{_tokens.Current} has no place here.");
    }

    private QueryTree Statement()
    {
        if (!_tokens.Skip("select"))
        {
            throw _tokens.Expected("SELECT", "Queries only read: SELECT … FROM table.");
        }

        var isDistinct = _tokens.Skip("distinct");
        var select = List(SelectItem);
        _tokens.Expect("from");
        var from = _tables.Table();
        var joins = _tables.Joins();
        var tree = new QueryTree
        {
            From = from,
            Joins = joins,
            Select = select,
            Distinct = isDistinct,
            Where = _tokens.Skip("where") ? _conditions.Read() : null,
            GroupBy = _tokens.Skip("group", "by") ? List(_expressions.Field) : [],
            Having = _tokens.Skip("having") ? _conditions.Read() : null,
            OrderBy = _tokens.Skip("order", "by") ? List(OrderItem) : [],
        };
        return Paged(tree);
    }

    private QueryTree Paged(QueryTree tree)
    {
        var (limit, offset) = (_tokens.Here, _tokens.Here);
        if (_tokens.Skip("limit"))
        {
            limit = _tokens.Here;
            tree = tree with { Limit = Number() };
        }

        if (_tokens.Skip("offset"))
        {
            offset = _tokens.Here;
            tree = tree with { Offset = Number() };
        }

        End();
        QueryLimits.Check(tree, limit, offset);
        return tree;
    }

    private void End()
    {
        _tokens.SkipSign(";");
        if (_tokens.Current.Kind == TokenKind.End)
        {
            return;
        }

        throw _tokens.Current.Is("union") || _tokens.Current.Is("except") || _tokens.Current.Is("intersect") || _tokens.Current.Is("select")
            ? _tokens.Error($"{_tokens.Current} has no place here: a query is one SELECT.")
            : _tokens.Error($"{_tokens.Current} has no place here.", "The order is SELECT, FROM, JOIN … ON, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET.");
    }

    private List<T> List<T>(Func<T> read)
    {
        var items = new List<T> { read() };
        while (_tokens.SkipSign(","))
        {
            items.Add(read());
        }

        return items;
    }

    private SelectItem SelectItem()
    {
        var place = _tokens.Here;
        if (_tokens.SkipSign("*"))
        {
            return new(new AllExpression(null, place), null, place);
        }

        var expression = _expressions.Operand(mayBeAll: true);
        return new(expression, _tokens.Alias(), place);
    }

    private OrderItem OrderItem()
    {
        if (_tokens.Current.Kind == TokenKind.Number)
        {
            throw _tokens.Error("Order by a name, not by a number.");
        }

        var expression = _expressions.Operand();
        var isDescending = _tokens.Skip("desc");
        if (!isDescending)
        {
            _tokens.Skip("asc");
        }

        if (_tokens.Skip("nulls", "first"))
        {
            throw _tokens.Error("Missing values are always last.");
        }

        _tokens.Skip("nulls", "last");
        return new(expression, isDescending);
    }

    private int Number() => int.TryParse(_tokens.Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && _tokens.Take().Kind == TokenKind.Number
        ? number
        : throw new QueryException(QueryCode.BadPaging, $"Expected a whole number, found {_tokens.Current}.", _tokens.Here);
}
