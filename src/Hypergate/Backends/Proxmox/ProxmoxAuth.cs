namespace Hypergate.Backends.Proxmox;

/// <summary>Credentials of Proxmox VE: an API token, or a user with its realm and a password.</summary>
internal static class ProxmoxAuth
{
    private const string IdForm = "must be USER@REALM!NAME, such as hypergate@pve!gateway";
    private const string SecretForm = "must be the UUID that Proxmox VE showed when the token was made, such as 01234567-89ab-cdef-0123-456789abcdef";

    public static BackendKindSettings Settings { get; } = new()
    {
        Name = "proxmox-ve",
        ApiPath = "/api2/json",
        HasNodes = true,
        CheckAuth = Check,
        MakeCredential = Make,
    };

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(Credential credential) =>
        credential is Credential.Token token ? [new("Authorization", $"PVEAPIToken={token.Value}")] : [];

    private static Credential Make(BackendSettingsAuth auth) => auth switch
    {
        { TokenId: { } id, TokenSecret: { } secret } => new Credential.Token($"{id}={secret.Reveal()}", id),
        { Token: { } token } => new Credential.Token(token.Reveal(), token.Reveal().Split('=')[0]),
        _ => new Credential.Password(auth.Username!, auth.Password!.Reveal()),
    };

    private static AuthFault[] Check(BackendSettingsAuth auth) => auth switch
    {
        { TokenId: { } id, TokenSecret: { } secret } =>
        [
            .. Fault("tokenId", IsTokenId(id) ? null : IdForm),
            .. Fault("tokenSecret", IsSecret(secret.Reveal()) ? null : SecretForm),
        ],
        { TokenId: not null } => [new("tokenSecret", "is missing beside tokenId")],
        { TokenSecret: not null } => [new("tokenId", "is missing beside tokenSecret")],
        { Token: { } token } => Fault("token", IsWhole(token.Reveal()) ? null : "must be USER@REALM!NAME=SECRET; better write tokenId and tokenSecret"),
        { Username: { } username, Password: { } password } => [.. Fault("username", ProblemOfUser(username)), .. Fault("password", CredentialText.Problem(password.Reveal()))],
        _ => [new("", "needs either tokenId and tokenSecret, or username and password")],
    };

    private static bool IsWhole(string token) => token.Split('=') is [var id, var secret] && IsTokenId(id) && IsSecret(secret);

    private static bool IsTokenId(string id) =>
        id.Split('!') is [var user, var name] && IsName(name) && user.LastIndexOf('@') is > 0 and var at && IsName(user[(at + 1)..])
        && user[..at].All(static c => c is > ' ' and <= '~' and not (':' or '/' or '='));

    private static bool IsName(string name) =>
        name.Length > 1 && char.IsAsciiLetter(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static bool IsSecret(string secret) => Guid.TryParseExact(secret, "D", out _);

    private static string? ProblemOfUser(string user) => CredentialText.Problem(user)
        ?? (user.Contains('@', StringComparison.Ordinal) ? null : "must name the realm too, such as root@pam or hypergate@pve");

    private static AuthFault[] Fault(string key, string? problem) => problem is null ? [] : [new(key, problem)];
}
