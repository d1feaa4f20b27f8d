namespace Hypergate.Backends.XenOrchestra;

/// <summary>What a credential for Xen Orchestra must look like to arrive there as it is.</summary>
internal static class XenOrchestraAuth
{
    public static AuthRules Rules { get; } = new() { Check = Check, Make = Make };

    private static Credential Make(BackendSettingsAuth auth) => auth.Token is { } token
        ? new Credential.Token(token.Reveal())
        : new Credential.Password(auth.Username!, auth.Password!.Reveal());

    private static IEnumerable<AuthFault> Check(BackendSettingsAuth auth)
    {
        if (auth.TokenId is not null || auth.TokenSecret is not null)
        {
            return [new(auth.TokenId is null ? "tokenSecret" : "tokenId", "is for Proxmox VE; write token for Xen Orchestra")];
        }

        if (auth.Token is { } token)
        {
            return Fault("token", ProblemOfToken(token.Reveal()));
        }

        return auth is { Username: { } username, Password: { } password }
            ? [.. Fault("username", ProblemOfUsername(username)), .. Fault("password", ProblemOfPassword(password.Reveal()))]
            : [new("", "needs either a token or both username and password")];
    }

    /// <summary>The token is sent as a cookie without encoding, so it must fit the grammar of RFC 6265.</summary>
    private static string? ProblemOfToken(string token)
    {
        for (var at = 0; at < token.Length; at++)
        {
            if (token[at] is <= ' ' or > '~' or '"' or ',' or ';' or '\\')
            {
                return $"cannot be a token: it holds {CredentialText.NameOf(token[at])} at position {at + 1}";
            }
        }

        return token == "" ? "must not be empty" : null;
    }

    private static string? ProblemOfUsername(string username) => username.Contains(':', StringComparison.Ordinal)
        ? "must not hold a colon: it would end there"
        : CredentialText.Problem(username);

    private static string? ProblemOfPassword(string password) => password.Contains(':', StringComparison.Ordinal)
        ? "must not hold a colon: Xen Orchestra cuts a password there; use a token, or change the password"
        : CredentialText.Problem(password);

    private static AuthFault[] Fault(string key, string? problem) => problem is null ? [] : [new(key, problem)];
}
