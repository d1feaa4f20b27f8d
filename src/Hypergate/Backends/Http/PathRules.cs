namespace Hypergate.Backends.Http;

/// <summary>Rules for path values that several platforms share.</summary>
internal static class PathRules
{
    /// <summary>
    /// For platforms that have <c>/vms/{id}.{format}</c> beside <c>/vms/{id}</c>: a dot in an id would reach the other
    /// operation. Ids are the placeholders named <c>id</c> or ending in <c>Id</c>.
    /// </summary>
    public static string? NoDotsInIds(string name, string value)
    {
        var isId = name == "id" || name.EndsWith("Id", StringComparison.Ordinal);
        return isId && value.Contains('.', StringComparison.Ordinal) ? "is not an id: it holds a dot" : null;
    }
}

/// <summary>Says why a value is not good for a placeholder (<c>is not an id</c>), or null where it is.</summary>
internal delegate string? PathRule(string name, string value);
