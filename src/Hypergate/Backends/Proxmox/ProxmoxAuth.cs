using System.Text.RegularExpressions;

namespace Hypergate.Backends.Proxmox;

/// <summary>Credentials of Proxmox VE: an API token, or a user with its realm and a password.</summary>
internal static partial class ProxmoxAuth
{
    private const string Form = "must be USER@REALM!NAME, such as hypergate@pve!gateway";

    public static AuthRules Rules { get; } = new() { Check = Check, Make = Make };

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(Credential credential) =>
        credential is Credential.Token token ? [new("Authorization", $"PVEAPIToken={token.Value}")] : [];

    private static Credential Make(BackendSettingsAuth auth) => auth switch
    {
        { TokenId: { } id, TokenSecret: { } secret } => new Credential.Token($"{id}={secret.Reveal()}", id),
        { Token: { } token } => new Credential.Token(token.Reveal(), token.Reveal().Split('=')[0]),
        _ => new Credential.Password(auth.Username!, auth.Password!.Reveal()),
    };

    private static IEnumerable<AuthFault> Check(BackendSettingsAuth auth) => auth switch
    {
        { TokenId: { } id, TokenSecret: { } secret } => [.. Fault("tokenId", TokenId().IsMatch(id) ? null : Form), .. Fault("tokenSecret", ProblemOfSecret(secret.Reveal()))],
        { TokenId: not null } => [new("tokenSecret", "is missing beside tokenId")],
        { TokenSecret: not null } => [new("tokenId", "is missing beside tokenSecret")],
        { Token: { } token } => Fault("token", WholeToken().IsMatch(token.Reveal()) ? null : "must be USER@REALM!NAME=SECRET; better write tokenId and tokenSecret"),
        { Username: { } username, Password: { } password } => [.. Fault("username", ProblemOfUser(username)), .. Fault("password", CredentialText.Problem(password.Reveal()))],
        _ => [new("", "needs either tokenId and tokenSecret, or username and password")],
    };

    private static string? ProblemOfSecret(string secret) => Secret().IsMatch(secret)
        ? null
        : "must be the UUID that Proxmox VE showed when the token was made, such as 01234567-89ab-cdef-0123-456789abcdef";

    private static string? ProblemOfUser(string user) => CredentialText.Problem(user)
        ?? (user.Contains('@', StringComparison.Ordinal) ? null : "must name the realm too, such as root@pam or hypergate@pve");

    private static AuthFault[] Fault(string key, string? problem) => problem is null ? [] : [new(key, problem)];

    [GeneratedRegex(@"^[^\s:/!=]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex TokenId();

    [GeneratedRegex(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^[^\s:/!=]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+=[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex WholeToken();
}
