using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Authentication;

/// <summary>Turns the one credential of a request into a caller.</summary>
/// <param name="keys">The API keys.</param>
/// <param name="environmentKey">The one from the environment; null for none.</param>
/// <param name="tokens">Those of authorization servers.</param>
/// <param name="settings">Those of this moment.</param>
internal sealed partial class RequestSignIn(ApiKeyStore keys, EnvironmentKey? environmentKey, OAuthSignIn tokens, Func<AuthenticationSettings> settings, ILogger<RequestSignIn> log)
{
    private const string Bearer = "Bearer ";
    private const string KeyHeader = "X-API-Key";
    private const string InQuery = "query";
    private static readonly string[] QueryNames = ["access_token", "api_key", "api-key", "apikey", "x-api-key"];

    /// <summary>Who comes without a credential where none is needed.</summary>
    public static Caller Anonymous { get; } = new("anonymous", [Roles.Viewer]) { AuthenticatedBy = "no credential" };

    /// <summary>Whether nobody comes in without a credential.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public bool IsRequired => IsRequiredBy(settings(), environmentKey) || keys.HasKeys;

    /// <summary>Whether settings or environment say so, whatever keys there are.</summary>
    public static bool IsRequiredBy(AuthenticationSettings settings, EnvironmentKey? environmentKey) => settings is { Required: true } or { Oauth: not null } || environmentKey is not null;

    /// <summary>Whether the environment holds a key.</summary>
    public bool HasEnvironmentKey => environmentKey is not null;

    /// <summary>Whether a request brings any credential at all.</summary>
    public static bool HasCredential(HttpRequest request) => request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey(KeyHeader);

    /// <param name="request">Only its headers are looked at.</param>
    /// <param name="keyInPath">What stands in the address as a key; null for nothing.</param>
    public async Task<SignIn> OfAsync(HttpRequest request, string? keyInPath)
    {
        var credentials = CredentialsOf(request, keyInPath);
        try
        {
            return credentials switch
            {
                [InQuery] => Unauthorized("A credential in the query is not looked at, because addresses end in logs. Send it as Authorization: Bearer KEY, or X-API-Key: KEY.", isPresent: false),
                [] => IsRequired ? Unauthorized("A credential is needed: Authorization: Bearer KEY, or X-API-Key: KEY.", isPresent: false) : new SignIn.Accepted(Anonymous),
                [var only] => await CheckAsync(only, request.HttpContext) switch
                {
                    SignIn.Refused refused => refused with { Tried = Shown(only), Scheme = SchemeOf(only) },
                    var accepted => accepted with { Scheme = SchemeOf(only) },
                },
                _ => new SignIn.Refused(StatusCodes.Status400BadRequest, "There is more than one credential. Send exactly one.") { Tried = "more than one credential", Scheme = "several" },
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotReadable(log, exception.Message);
            return new SignIn.Refused(StatusCodes.Status503ServiceUnavailable, "Credentials cannot be checked at present.") { Scheme = credentials is [var one] ? SchemeOf(one) : "none" };
        }
    }

    /// <summary>Whether a caller that was let in before would be let in now.</summary>
    public bool IsStillValid(Caller caller) => tokens.IsStillValid(caller, settings().Oauth) ?? caller.AuthenticatedBy switch
    {
        EnvironmentKey.Variable => environmentKey is not null,
        _ when caller.Name == Caller.LocalUser.Name => true,
        _ when caller.Name == Anonymous.Name => !IsRequiredOrUnknown(),
        _ => keys.IsValid(caller),
    };

    // The usual one without a list being made for it.
    private static IReadOnlyList<string> CredentialsOf(HttpRequest request, string? keyInPath)
    {
        var (authorization, key) = (request.Headers.Authorization, request.Headers[KeyHeader]);
        return authorization is [{ } only] && key.Count == 0 && keyInPath is null && !request.QueryString.HasValue
            ? [only]
            :
            [
                .. authorization.Select(static value => value ?? ""), .. key.Select(static value => Bearer + value?.Trim()), .. keyInPath is null ? Array.Empty<string>() : [Bearer + keyInPath],
                .. IsInQuery(request) ? [InQuery] : Array.Empty<string>(),
            ];
    }

    // By its name, or because it is a key of ours under whatever name.
    private static bool IsInQuery(HttpRequest request) => request.Query.Any(static pair =>
        QueryNames.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) || pair.Value.Any(static value => value is not null && ApiKeyText.TryRead(value.Trim()) is not null));

    private bool IsRequiredOrUnknown()
    {
        try
        {
            return IsRequired;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task<SignIn> CheckAsync(string credential, HttpContext http)
    {
        if (!credential.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Unauthorized("Only bearer credentials are understood: Authorization: Bearer KEY.");
        }

        var text = credential[Bearer.Length..].Trim();
        if (settings().Oauth is { } oauth && Jwt.IsLike(text))
        {
            return await tokens.CheckAsync(text, oauth, http.RequestAborted);
        }

        var caller = ApiKeyText.TryRead(text) is { } key ? keys.Find(key, http.Connection.RemoteIpAddress) : environmentKey?.Find(text);
        return caller is null ? Unauthorized("The credential is unknown, revoked, expired, or not for this network.") : new SignIn.Accepted(caller);
    }

    private string SchemeOf(string credential) => settings().Oauth is not null && Jwt.IsLike(credential[Math.Min(Bearer.Length, credential.Length)..].Trim()) ? "oauth" : "key";

    // The part of a key that may be shown tells which one somebody still uses; of anything else nothing is told.
    private static string Shown(string credential) => !credential.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? "no bearer credential"
        : credential[Bearer.Length..].Trim() is var text && ApiKeyText.TryRead(text) is { } key ? $"key {key}"
        : Jwt.IsLike(text) ? "a token" : "no key";

    private SignIn.Refused Unauthorized(string message, bool isPresent = true) => settings().Oauth is { } oauth
        ? new(StatusCodes.Status401Unauthorized, message) { Challenge = ProtectedResource.Challenge(oauth, isPresent ? "invalid_token" : null, null) }
        : new(StatusCodes.Status401Unauthorized, message);

    [LoggerMessage(1, LogLevel.Error, "API keys cannot be read: {Problem}")]
    private static partial void NotReadable(ILogger logger, string problem);
}
