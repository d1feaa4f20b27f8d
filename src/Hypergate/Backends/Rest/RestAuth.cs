using System.Text;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Credentials of an API as its document wants them sent.</summary>
internal static class RestAuth
{
    private static readonly Dictionary<string, Secret> NoKeys = [];

    public static BackendKindSettings Settings { get; } = new() { Name = RestKind.Name, ApiPath = "", CheckAuth = Check, MakeCredential = Make };

    /// <summary>For what is asked before the document is known: a token as bearer, a password as basic.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(Credential credential) => credential switch
    {
        Credential.Several { Bearer: { } token } => [Bearer(token)],
        Credential.Several { User: { } user, Value: { } password } => [Basic($"{user}:{password}")],
        _ => [],
    };

    /// <summary>By the first way of the operation for which there is all that it takes; a way with a credential before one without.</summary>
    public static CallCredential ForCall(Operation operation, Credential credential)
    {
        var known = (Credential.Several)credential;
        if (operation.CredentialWays.Count == 0)
        {
            return new CallCredential(Headers(credential), []);
        }

        var possible = operation.CredentialWays.Where(way => way.Parts.All(part => ValueOf(part, known) is not null)).ToList();
        var way = possible.FirstOrDefault(static way => way.Parts.Count > 0) ?? possible.FirstOrDefault();
        return way is null ? new CallCredential(Headers(credential), []) : Written(way, known);
    }

    private static CallCredential Written(CredentialWay way, Credential.Several known)
    {
        var (headers, query, cookies) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>(), new List<string>());
        foreach (var part in way.Parts)
        {
            var value = ValueOf(part, known)!;
            switch (part.Kind)
            {
                case CredentialKind.Bearer:
                    headers.Add(Bearer(value));
                    break;
                case CredentialKind.Basic:
                    headers.Add(Basic(value));
                    break;
                case CredentialKind.Header:
                    headers.Add(new(part.Name, value));
                    break;
                case CredentialKind.Query:
                    query.Add(new(part.Name, value));
                    break;
                default:
                    cookies.Add($"{part.Name}={value}");
                    break;
            }
        }

        return new CallCredential(cookies.Count == 0 ? headers : [.. headers, new("Cookie", string.Join("; ", cookies))], query);
    }

    private static string? ValueOf(CredentialPart part, Credential.Several known)
    {
        if (known.Keys.TryGetValue(part.Scheme, out var key))
        {
            return part.Kind == CredentialKind.Unknown ? null : key;
        }

        return part.Kind switch
        {
            CredentialKind.Basic => known is { User: { } user, Value: { } password } ? $"{user}:{password}" : null,
            CredentialKind.Unknown => null,
            _ => known.Bearer,
        };
    }

    private static KeyValuePair<string, string> Bearer(string token) => new("Authorization", $"Bearer {token}");

    private static KeyValuePair<string, string> Basic(string pair) => new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}");

    private static Credential.Several Make(BackendSettingsAuth auth) => new(
        auth.Token?.Reveal(), auth.Username, auth.Password?.Reveal(), (auth.Keys ?? NoKeys).ToDictionary(static key => key.Key, static key => key.Value.Reveal(), StringComparer.Ordinal));

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

        if (auth.Username is null != auth.Password is null)
        {
            yield return new AuthFault(auth.Username is null ? "password" : "username", $"needs the {(auth.Username is null ? "username" : "password")} beside it");
        }

        foreach (var (name, key) in auth.Keys ?? NoKeys)
        {
            if (HeaderText.Problem(key.Reveal()) is { } fault)
            {
                yield return new AuthFault($"keys.{name}", $"cannot be sent: {fault}");
            }
        }
    }
}
