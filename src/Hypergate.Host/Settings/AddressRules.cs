namespace Hypergate.Host.Settings;

/// <summary>What an address must look like. Problems show the text only where it cannot hold a password.</summary>
internal static class AddressRules
{
    /// <summary>What is wrong with the address of a platform, as a predicate; null where nothing is.</summary>
    public static string? ProblemOfPlatform(string text)
    {
        const string Example = "such as https://xo.example.com";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host == "")
        {
            return $"must be an http or https address {Example}{Shown(text)}";
        }

        if (url.UserInfo != "" || url.Authority.Contains('@', StringComparison.Ordinal))
        {
            return $"must not hold a user name or password; write the address alone, {Example}, and the credential beside it";
        }

        if (url.Query != "" || url.Fragment != "" || text.AsSpan().Trim()[^1] is '?' or '#')
        {
            return $"must not hold a query or a fragment; write the address alone, {Example}";
        }

        return url.AbsolutePath.TrimEnd('/').EndsWith("/rest/v0", StringComparison.OrdinalIgnoreCase)
            ? $"must be the address without /rest/v0, {Example}"
            : null;
    }

    /// <summary>What is wrong with a proxy of the settings file; null where nothing is.</summary>
    public static string? ProblemOfProxy(string text)
    {
        var isNone = text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase);
        var isProxy = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.Host != "" && url.PathAndQuery == "/" && url.Fragment == "";
        return isNone || isProxy
            ? null
            : "must be http://[user:password@]host:port, with special characters of the password percent-encoded, or none";
    }

    private static string Shown(string text) =>
        text.Contains('@', StringComparison.Ordinal) || text == "" ? "" : $", but is {Schemas.ValueText.Quote(text)}";
}
