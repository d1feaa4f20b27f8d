using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Text;

/// <summary>Reads what follows WHERE and HAVING.</summary>
internal sealed class TextConditionParser(Tokens tokens, TextExpressionParser expressions)
{
    private const int DeepestBrackets = 32;
    private int _brackets;

    public Condition Read() => Several("or", () => Several("and", Negation));

    private Condition Several(string word, Func<Condition> read)
    {
        var place = tokens.Here;
        var first = read();
        if (!tokens.Current.Is(word))
        {
            return first;
        }

        var children = new List<Condition> { first };
        while (tokens.Skip(word))
        {
            children.Add(read());
        }

        return new ConditionGroup(children, word == "or", false, place);
    }

    private Condition Negation()
    {
        var isNegated = false;
        while (tokens.Skip("not"))
        {
            isNegated = !isNegated;
        }

        var condition = Single();
        return isNegated ? condition with { IsNegated = !condition.IsNegated } : condition;
    }

    private Condition Single()
    {
        if (!tokens.Current.IsSign("("))
        {
            return Comparison();
        }

        if (++_brackets > DeepestBrackets)
        {
            throw new QueryException(QueryCode.TooDeep, "Too many brackets inside each other.", tokens.Here);
        }

        tokens.Take();
        var condition = Read();
        tokens.ExpectSign(")");
        _brackets--;
        return condition;
    }

    private ConditionLeaf Comparison()
    {
        var place = tokens.Here;
        var operand = expressions.Operand();
        if (tokens.Skip("is"))
        {
            var isNotNull = tokens.Skip("not");
            tokens.Expect("null");
            return new(operand, QueryOperator.IsNull, [], isNotNull, place);
        }

        if (tokens.Current.Kind == TokenKind.Sign && tokens.Current.Text is "=" or "==" or "!=" or "<>" or "<" or "<=" or ">" or ">=")
        {
            var (comparison, negates) = OperatorNames.Find(tokens.Take().Text)!.Value;
            return new(operand, comparison, [expressions.Value()], negates, place);
        }

        var isNegated = tokens.Skip("not");
        return Word(operand, isNegated, place) ?? Truth(operand, isNegated, place);
    }

    private ConditionLeaf? Word(Expression operand, bool isNegated, Place place)
    {
        if (tokens.Skip("in"))
        {
            return new(operand, QueryOperator.In, Values(), isNegated, place);
        }

        if (tokens.Skip("between"))
        {
            var low = expressions.Value();
            tokens.Expect("and");
            return new(operand, QueryOperator.Between, [low, expressions.Value()], isNegated, place);
        }

        QueryOperator? comparison = tokens.Current.Kind != TokenKind.Word ? null : tokens.Current.Text.ToUpperInvariant() switch
        {
            "LIKE" or "ILIKE" => QueryOperator.Like,
            "CONTAINS" => QueryOperator.Contains,
            "STARTSWITH" => QueryOperator.StartsWith,
            "ENDSWITH" => QueryOperator.EndsWith,
            _ => null,
        };
        if (comparison is not { } found)
        {
            return null;
        }

        tokens.Take();
        return new(operand, found, tokens.Current.IsSign("(") ? Values() : [expressions.Value()], isNegated, place);
    }

    // A column alone is a condition where it is true or false.
    private ConditionLeaf Truth(Expression operand, bool isNegated, Place place)
    {
        if (isNegated || !IsEndOfCondition())
        {
            throw tokens.Expected(isNegated ? "IN, LIKE, BETWEEN or CONTAINS" : "an operator", "=, !=, <, <=, >, >=, IN, LIKE, BETWEEN, CONTAINS, STARTSWITH, ENDSWITH, IS NULL");
        }

        return new(operand, QueryOperator.Equal, [new(RawKind.Bool, "true", place)], false, place);
    }

    private bool IsEndOfCondition()
    {
        var next = tokens.Current;
        return next.Kind == TokenKind.End || next.IsSign(")") || next.IsSign(";")
            || (next.Kind == TokenKind.Word && next.Text.ToUpperInvariant() is "AND" or "OR" or "GROUP" or "HAVING" or "ORDER" or "LIMIT" or "OFFSET");
    }

    private List<RawValue> Values()
    {
        tokens.ExpectSign("(");
        if (tokens.Current.Is("select"))
        {
            throw tokens.Error("A query inside a query is not possible.", "Join tables, or ask twice.");
        }

        var values = new List<RawValue> { expressions.Value() };
        while (tokens.SkipSign(","))
        {
            values.Add(expressions.Value());
        }

        tokens.ExpectSign(")");
        return values;
    }
}
