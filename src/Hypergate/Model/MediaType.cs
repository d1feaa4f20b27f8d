namespace Hypergate.Model;

/// <summary>What the names of media types say.</summary>
public static class MediaType
{
    /// <summary>The type without what stands behind it: <c>application/json</c> of <c>application/json; charset=utf-8</c>.</summary>
    public static string Of(string text) => text.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Whether bodies of the type are JSON.</summary>
    public static bool IsJson(string text) => Of(text) is "application/json" or "text/json" || Of(text).EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Whether a body of the type holds fields by name; any other is one value.</summary>
    public static bool HoldsFields(string text) => IsJson(text) || Of(text) is "application/x-www-form-urlencoded" or "multipart/form-data";
}
