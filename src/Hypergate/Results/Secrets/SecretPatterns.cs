using System.Buffers;
using System.Text.RegularExpressions;

namespace Hypergate.Results.Secrets;

/// <summary>
/// Hides what looks like a secret though nobody told us that it is one: private keys, signed tokens, keys of gateways and clouds, tickets
/// and API tokens of Proxmox VE, user info and keys in addresses. For errors, logs and the audit; in results it would hide too much.
/// </summary>
internal static partial class SecretPatterns
{
    private const string Mark = "***";

    // How they begin; most texts hold none of it.
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(["-----BEGIN", "eyJ", "hg_", "PVE", "AKIA", "ASIA"], StringComparison.Ordinal);

    /// <summary>The same instance where nothing is to do.</summary>
    public static string Hide(string text)
    {
        var open = QuerySecrets.Hide(AddressCredentials.Hide(text));
        return open.AsSpan().ContainsAny(Beginnings) ? ProxmoxTicket().Replace(GivenKey().Replace(SignedToken().Replace(PrivateKey().Replace(open, Mark), Mark), Mark), Mark) : open;
    }

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex SignedToken();

    // Keys of this gateway, and of AWS.
    [GeneratedRegex(@"\bhg_[a-z0-9]{8}_[\w-]{49}|\b(AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex GivenKey();

    // PVE:root@pam:4EEC61E2::rsKoApxDTLYPn6H3NNT6iP2mv…, PVEVNC:…, and PVEAPIToken=user@realm!name=UUID.
    [GeneratedRegex(@"\bPVE[A-Z]{0,12}:(?:[^\s:]{1,100}:)?[0-9A-Fa-f]{8}::[\w+/=]{16,}|\bPVEAPIToken=[^\s=]{1,200}=[\w-]{8,}", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex ProxmoxTicket();
}
