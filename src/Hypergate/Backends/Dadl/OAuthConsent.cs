using System.Security.Cryptography;
using System.Text;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>A person's consent, once: where to give it, and what is made of the code that it ends with (authorization code with PKCE).</summary>
/// <param name="oauth">With an address where consent is given.</param>
/// <param name="redirect">Where the browser comes back to.</param>
internal sealed class OAuthConsent(DadlOAuth oauth, CredentialNames names, OAuthEndpoint endpoint, Uri redirect)
{
    private readonly string _verifier = Random();

    /// <summary>Proves that an answer belongs to this question.</summary>
    public string State { get; } = Random();

    /// <summary>Where a person consents; or what is missing.</summary>
    public (Uri? Address, string? Problem) Begin()
    {
        if (names.ByName(oauth.ClientId!) is not { } client)
        {
            return (null, names.Missing(oauth.ClientId!).Problem);
        }

        if (!Uri.TryCreate(oauth.AuthorizeUrl, UriKind.Absolute, out var page) || page.Scheme is not ("https" or "http"))
        {
            return (null, "authorize_url of the file is no address");
        }

        KeyValuePair<string, string>[] asked =
        [
            new("response_type", "code"),
            new("client_id", client),
            new("redirect_uri", redirect.AbsoluteUri),
            .. oauth.Scopes.Count == 0 ? [] : new[] { new KeyValuePair<string, string>("scope", string.Join(' ', oauth.Scopes)) },
            new("state", State),
            new("code_challenge", System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)))),
            new("code_challenge_method", "S256"),
        ];
        var extra = oauth.AuthorizationParameters.Where(pair => !Array.Exists(asked, own => own.Key == pair.Key));
        var query = string.Join('&', asked.Concat(extra).Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return (new UriBuilder(page) { Query = page.Query.Length > 1 ? $"{page.Query[1..]}&{query}" : query }.Uri, null);
    }

    /// <summary>Exchanges the code, and stores the refresh token under the name that the file gives it.</summary>
    /// <returns>What went wrong; null for nothing.</returns>
    public async Task<string?> EndAsync(string code, CancellationToken cancellationToken)
    {
        var answer = await endpoint.AskAsync(
            [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirect.AbsoluteUri), new("code_verifier", _verifier)], cancellationToken);
        return answer.Token switch
        {
            null => answer.Problem,
            { Refresh: { Length: > 0 } refresh } => await names.KeepAsync(oauth.RefreshToken!, refresh, cancellationToken),
            _ => "The token endpoint gave no refresh token. Many give one only where they are asked for it: authorization_params of the file says how, such as access_type: offline.",
        };
    }

    private static string Random() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
