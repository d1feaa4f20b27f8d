using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>The credentials of kind <c>dadl</c> in the settings: by the names of the file, or one that fits it.</summary>
internal static class DadlAuthSettings
{
    public static BackendKindSettings Settings { get; } = new() { Name = DadlKind.Name, ApiPath = "", CheckAuth = Check, MakeCredential = Make };

    private static Credential.Several Make(BackendSettingsAuth auth) => new(
        auth.Token?.Reveal(), auth.Username, auth.Password?.Reveal(), (auth.Keys ?? new Dictionary<string, Secret>()).ToDictionary(static key => key.Key, static key => key.Value.Reveal(), StringComparer.Ordinal));

    private static IEnumerable<AuthFault> Check(BackendSettingsAuth auth)
    {
        if (auth.TokenId is not null || auth.TokenSecret is not null)
        {
            yield return new AuthFault(auth.TokenId is null ? "tokenSecret" : "tokenId", "is for Proxmox VE; write token, username and password, or keys");
        }

        if (auth.Token is { } token && HeaderText.Problem(token.Reveal()) is { } problem)
        {
            yield return new AuthFault("token", $"cannot be sent: {problem}");
        }

        if (auth.Username is null && auth.Password is not null)
        {
            yield return new AuthFault("password", "needs the username beside it");
        }
    }
}
