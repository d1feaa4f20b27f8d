using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>The credentials of PXCloud: a JWT that somebody else got, or user and password to log in with.</summary>
internal static class PxCloudAuth
{
    public static BackendKindSettings Settings { get; } = new()
    {
        Name = "pxcloud",
        ApiPath = "",
        CheckAuth = Check,
        MakeCredential = Make,
        IsShownAsOperations = true,
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(Credential credential) =>
        credential is Credential.Token token ? [Bearer(token.Value)] : [];

    public static KeyValuePair<string, string> Bearer(string token) => new("Authorization", $"Bearer {token}");

    private static Credential Make(BackendSettingsAuth auth) => auth.Token is { } token
        ? new Credential.Token(token.Reveal())
        : new Credential.Password(auth.Username!, auth.Password!.Reveal());

    private static IEnumerable<AuthFault> Check(BackendSettingsAuth auth)
    {
        if (auth.TokenId is not null || auth.TokenSecret is not null)
        {
            yield return new(auth.TokenId is null ? "tokenSecret" : "tokenId", "is for Proxmox VE; write token, or username and password");
        }

        if (auth.Token is { } token)
        {
            if (HeaderText.Problem(token.Reveal()) is { } problem)
            {
                yield return new("token", $"cannot be sent: {problem}");
            }

            yield break;
        }

        switch (auth)
        {
            case { Username: null, Password: null }:
                yield return new("", "needs either token, or username and password");
                break;
            case { Username: null }:
                yield return new("username", "is missing beside password");
                break;
            case { Password: null }:
                yield return new("password", "is missing beside username");
                break;
            default:
                foreach (var (key, text) in new[] { ("username", auth.Username), ("password", auth.Password.Reveal()) })
                {
                    if (CredentialText.Problem(text) is { } wrong)
                    {
                        yield return new(key, wrong);
                    }
                }

                break;
        }
    }
}
