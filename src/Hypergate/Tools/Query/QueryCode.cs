namespace Hypergate.Tools.Query;

/// <summary>The kinds of errors of a query; programs may rely on them.</summary>
internal static class QueryCode
{
    public const string BadSyntax = "bad_syntax";
    public const string UnknownKey = "unknown_key";
    public const string UnknownTable = "unknown_table";
    public const string UnknownField = "unknown_field";
    public const string AmbiguousField = "ambiguous_field";
    public const string BadOperator = "bad_operator";
    public const string BadValue = "bad_value";
    public const string MissingValue = "missing_value";
    public const string BadLogic = "bad_logic";
    public const string BadAggregate = "bad_aggregate";
    public const string NotGrouped = "not_grouped";
    public const string BadAlias = "bad_alias";
    public const string BadJoin = "bad_join";
    public const string BadPaging = "bad_paging";
    public const string TooDeep = "too_deep";
    public const string TooExpensive = "too_expensive";
    public const string Forbidden = "forbidden";
    public const string Unavailable = "unavailable";
}
