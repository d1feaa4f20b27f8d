using System.Collections.Concurrent;
using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>Turns a token of an authorization server into a caller (rule R-OAUTH). The token goes no further than here.</summary>
internal sealed partial class OAuthSignIn(SettingsSources sources, TimeProvider time, ILogger<OAuthSignIn> log)
{
    private const string Method = "OAuth token of ";
    private const int MostCallers = 10_000;

    private readonly ConcurrentDictionary<OAuthIssuerSettings, IssuerKeys> _keys = new();
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async Task<SignIn> CheckAsync(string text, OAuthSettings settings, CancellationToken cancellationToken)
    {
        if (Jwt.TryRead(text) is not { } token
            || settings.Issuers.FirstOrDefault(issuer => issuer.Issuer == Jwt.Text(token.Claims, "iss")) is not { } issuer
            || !issuer.Algorithms.Contains(token.Algorithm, StringComparer.Ordinal))
        {
            return Invalid(settings, "The token is not of an issuer that is known here, or not signed as it must be.");
        }

        try
        {
            return await _keys.GetOrAdd(issuer, Keys).SignedAsync(token, cancellationToken) ? Accept(token, issuer, settings) : Invalid(settings, "The signature of the token is of no key of its issuer.");
        }
        catch (HttpRequestException exception)
        {
            NotReadable(log, issuer.Issuer, exception.Message);
            return new SignIn.Refused(StatusCodes.Status503ServiceUnavailable, "Credentials cannot be checked at present.");
        }
    }

    /// <summary>Whether a caller that came by a token may still be here, with the roles that it came with; a newer token of the same person counts.</summary>
    /// <returns>Null for callers that came by anything else.</returns>
    public bool? IsStillValid(Caller caller, OAuthSettings? settings) => IssuerOf(caller.AuthenticatedBy) is not { } name
        ? null
        : settings?.Issuers.Any(issuer => issuer.Issuer == name) == true && _known.TryGetValue(KeyOf(caller), out var known)
            && time.GetUtcNow() < known.Ends && TokenClaims.Roles(known.Claims, settings).SequenceEqual(caller.Roles, StringComparer.Ordinal);

    /// <summary>Whose token it was, by how a caller proved who it is; null for whoever came by anything else.</summary>
    public static string? IssuerOf(string authenticatedBy) => authenticatedBy.StartsWith(Method, StringComparison.Ordinal) ? authenticatedBy[Method.Length..] : null;

    private SignIn Accept(Jwt token, OAuthIssuerSettings issuer, OAuthSettings settings)
    {
        if (TokenClaims.Problem(token.Claims, settings, time.GetUtcNow()) is { } problem)
        {
            return Invalid(settings, problem);
        }

        var (missing, roles) = (TokenClaims.Missing(token.Claims, settings).ToList(), TokenClaims.Roles(token.Claims, settings));
        if (missing.Count > 0 || roles.Count == 0)
        {
            return new SignIn.Refused(StatusCodes.Status403Forbidden, missing.Count > 0 ? $"The token lacks the scope {string.Join(' ', missing)}." : "The token gives no role here.")
            {
                Challenge = ProtectedResource.Challenge(settings, "insufficient_scope", null),
            };
        }

        var ends = TokenClaims.Time(token.Claims, "exp")!.Value + TimeSpan.FromSeconds(settings.ClockSkewSeconds);
        var caller = new Caller($"oauth:{Jwt.Text(token.Claims, "sub")}@{issuer.Issuer}", roles) { AuthenticatedBy = Method + issuer.Issuer, Expires = ends };
        Remember(caller, new(ends, token.Claims));
        return new SignIn.Accepted(caller);
    }

    private void Remember(Caller caller, Known token)
    {
        _known.AddOrUpdate(KeyOf(caller), token, (_, known) => known.Ends > token.Ends ? known : token);
        if (_known.Count > MostCallers)
        {
            var now = time.GetUtcNow();
            foreach (var old in _known.Where(pair => pair.Value.Ends <= now))
            {
                _known.TryRemove(old);
            }
        }
    }

    // Who comes with fewer roles beside is another one.
    private static string KeyOf(Caller caller) => $"{caller.Name}\n{string.Join(' ', caller.Roles)}";

    private IssuerKeys Keys(OAuthIssuerSettings issuer) => new(new IssuerFetch(issuer, sources, time).KeysAsync, time);

    private static SignIn.Refused Invalid(OAuthSettings settings, string message) => new(StatusCodes.Status401Unauthorized, message)
    {
        Challenge = ProtectedResource.Challenge(settings, "invalid_token", message),
    };

    /// <param name="Ends">When the token does.</param>
    /// <param name="Claims">What it says, for settings that make other roles of it.</param>
    private sealed record Known(DateTimeOffset Ends, JsonElement Claims);

    [LoggerMessage(1, LogLevel.Error, "Tokens of {Issuer} cannot be checked: {Problem}")]
    private static partial void NotReadable(ILogger logger, string issuer, string problem);
}
