using System.Text.RegularExpressions;

namespace Hypergate.Results.Secrets;

/// <summary>
/// Hides what looks like a secret though nobody told us that it is one: private keys, signed tokens, user info and keys in
/// addresses. For errors, logs and the audit; in results it would hide too much.
/// </summary>
internal static partial class SecretPatterns
{
    private const string Mark = "***";

    /// <summary>The same instance where nothing is to do.</summary>
    public static string Hide(string text)
    {
        var open = QuerySecrets.Hide(AddressCredentials.Hide(text));
        if (open.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            open = PrivateKey().Replace(open, Mark);
        }

        return open.Contains("eyJ", StringComparison.Ordinal) ? SignedToken().Replace(open, Mark) : open;
    }

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex SignedToken();
}
