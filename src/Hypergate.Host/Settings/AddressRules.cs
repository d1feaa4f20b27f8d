using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>What an address must look like.</summary>
internal static class AddressRules
{
    private static readonly string[] ApiPaths = [.. KindsOfSettings.All.Select(static kind => kind.ApiPath).Where(static path => path.Length > 0)];

    private const string Example = "such as https://xo.example.com";

    /// <summary>What is wrong with the address of a platform; null where nothing is. Shows it only where it cannot hold a secret.</summary>
    /// <param name="text">The address.</param>
    /// <param name="path">Its key.</param>
    /// <param name="mayNameApi">Whether the path of a known platform's API may stand in it.</param>
    public static SettingsFault? CheckPlatform(string text, string path, bool mayNameApi = false)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host == "")
        {
            var mayHoldSecret = text.Contains('@', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal);
            return new(path, $"must be an http or https address {Example}") { Value = mayHoldSecret ? null : text };
        }

        if (url.UserInfo != "" || url.Authority.Contains('@', StringComparison.Ordinal))
        {
            return new(path, $"must not hold a user name or password; write the address alone, {Example}, and the credential beside it");
        }

        if (url.Query != "" || url.Fragment != "" || text.AsSpan().Trim()[^1] is '?' or '#')
        {
            return new(path, $"must not hold a query or a fragment; write the address alone, {Example}");
        }

        return !mayNameApi && Array.Find(ApiPaths, api => url.AbsolutePath.TrimEnd('/').EndsWith(api, StringComparison.OrdinalIgnoreCase)) is { } api
            ? new(path, $"must be the address without {api}, {Example}")
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
}
