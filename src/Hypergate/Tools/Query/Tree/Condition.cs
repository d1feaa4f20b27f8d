namespace Hypergate.Tools.Query.Tree;

/// <summary>What rows must meet.</summary>
/// <param name="IsNegated">Whether its opposite is meant; what is unknown stays so.</param>
internal abstract record Condition(bool IsNegated, Place Place);

/// <summary>Several conditions, of which all or any must hold.</summary>
internal sealed record ConditionGroup(IReadOnlyList<Condition> Children, bool IsAny, bool IsNegated, Place Place) : Condition(IsNegated, Place);

/// <summary>One comparison.</summary>
internal sealed record ConditionLeaf(Expression Operand, QueryOperator Operator, IReadOnlyList<RawValue> Values, bool IsNegated, Place Place)
    : Condition(IsNegated, Place);

internal enum QueryOperator
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Between,
    Contains,
    StartsWith,
    EndsWith,
    Like,
    IsNull,
}

/// <summary>A value as it was written.</summary>
internal sealed record RawValue(RawKind Kind, string Text, Place Place);

internal enum RawKind
{
    Text,
    Number,
    Bool,
}
