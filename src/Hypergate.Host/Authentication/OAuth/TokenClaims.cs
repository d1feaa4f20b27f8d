using System.Text.Json;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>What a token with a good signature must say.</summary>
internal static class TokenClaims
{
    private const int LongestSubject = 255;

    /// <summary>What is wrong; null where nothing is. Whose token it is has been looked at before.</summary>
    public static string? Problem(JsonElement claims, OAuthSettings settings, DateTimeOffset now)
    {
        var skew = TimeSpan.FromSeconds(settings.ClockSkewSeconds);
        var audiences = settings.Audiences.Count > 0 ? settings.Audiences : [settings.Resource.OriginalString];
        return Time(claims, "exp") is not { } end ? "The token does not say when it ends."
            : now - skew >= end ? "The token has expired."
            : claims.TryGetProperty("nbf", out _) && (Time(claims, "nbf") is not { } start || now + skew < start) ? "The token does not hold yet."
            : claims.TryGetProperty("iat", out _) && (Time(claims, "iat") is not { } issued || now + skew < issued) ? "The token is of the future."
            : !Jwt.Texts(Value(claims, "aud")).Intersect(audiences, StringComparer.Ordinal).Any() ? "The token is meant for somebody else."
            : claims.TryGetProperty("resource", out var resource) && !Jwt.Texts(resource).Contains(settings.Resource.OriginalString, StringComparer.Ordinal) ? "The token is meant for another resource."
            : Jwt.Text(claims, "sub") is not { Length: > 0 and <= LongestSubject } subject || subject.Any(static character => char.IsControl(character)) ? "The token does not say whose it is."
            : null;
    }

    /// <summary>The scopes that it lacks.</summary>
    public static IEnumerable<string> Missing(JsonElement claims, OAuthSettings settings) => settings.Scopes.Except(
        Jwt.Texts(Value(claims, "scope")).Concat(Jwt.Texts(Value(claims, "scp"))).SelectMany(static text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal);

    /// <summary>What the caller may do here.</summary>
    public static IReadOnlyList<string> Roles(JsonElement claims, OAuthSettings settings)
    {
        JsonElement? value = claims;
        foreach (var name in settings.RoleClaim.Split('.'))
        {
            value = value is { ValueKind: JsonValueKind.Object } holder ? Value(holder, name) : null;
        }

        // Names with dots in them are names as well.
        value ??= Value(claims, settings.RoleClaim);
        List<string> roles = [.. Jwt.Texts(value).SelectMany(static text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(text)).Distinct(StringComparer.Ordinal)
            .Select(text => settings.Roles.TryGetValue(text, out var role) ? role : null).OfType<string>().Distinct(StringComparer.Ordinal)];
        return roles.Count > 0 ? roles : settings.DefaultRoles;
    }

    /// <summary>A time in seconds since 1970.</summary>
    public static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static JsonElement? Value(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) ? value : null;
}
