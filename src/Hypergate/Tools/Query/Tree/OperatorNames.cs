using System.Collections.Frozen;

namespace Hypergate.Tools.Query.Tree;

/// <summary>How operators are called in JSON: in any case, blanks and underscores do not count.</summary>
internal static class OperatorNames
{
    /// <summary>The names that are offered.</summary>
    public const string Offered = "=, !=, >, <, >=, <=, CONTAINS, IN, BETWEEN, STARTSWITH, ENDSWITH, LIKE, ISNULL, and NOT before a word";

    private static readonly FrozenDictionary<string, (QueryOperator Operator, bool IsNegated)> All =
        new Dictionary<string, (QueryOperator, bool)>(StringComparer.OrdinalIgnoreCase)
        {
            ["="] = (QueryOperator.Equal, false),
            ["=="] = (QueryOperator.Equal, false),
            ["!="] = (QueryOperator.Equal, true),
            ["<>"] = (QueryOperator.Equal, true),
            [">"] = (QueryOperator.Greater, false),
            ["<"] = (QueryOperator.Less, false),
            [">="] = (QueryOperator.GreaterOrEqual, false),
            ["<="] = (QueryOperator.LessOrEqual, false),
            ["contains"] = (QueryOperator.Contains, false),
            ["notcontains"] = (QueryOperator.Contains, true),
            ["in"] = (QueryOperator.In, false),
            ["notin"] = (QueryOperator.In, true),
            ["between"] = (QueryOperator.Between, false),
            ["notbetween"] = (QueryOperator.Between, true),
            ["startswith"] = (QueryOperator.StartsWith, false),
            ["notstartswith"] = (QueryOperator.StartsWith, true),
            ["endswith"] = (QueryOperator.EndsWith, false),
            ["notendswith"] = (QueryOperator.EndsWith, true),
            ["like"] = (QueryOperator.Like, false),
            ["notlike"] = (QueryOperator.Like, true),
            ["isnull"] = (QueryOperator.IsNull, false),
            ["isnotnull"] = (QueryOperator.IsNull, true),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static (QueryOperator Operator, bool IsNegated)? Find(string name) =>
        All.TryGetValue(name.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), out var found) ? found : null;
}
