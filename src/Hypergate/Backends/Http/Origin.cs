namespace Hypergate.Backends.Http;

/// <summary>Scheme, host and port: the border that no credential crosses (rule R-REDIR).</summary>
internal static class Origin
{
    public static bool Same(Uri one, Uri other) =>
        one.Scheme == other.Scheme
        && one.Port == other.Port
        && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase)
        && one.UserInfo == "";

    /// <summary>For messages: without path, and without a user's name or password.</summary>
    public static string Text(Uri address) => $"{address.Scheme}://{address.Authority}";
}
