using System.Buffers.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>Login with user and password: a JWT, which is renewed by logging in again before its end.</summary>
internal static class PxCloudSession
{
    public const string Path = "/api/auth/login";

    public static SessionRules Rules { get; } = new()
    {
        Path = Path,
        Body = static (user, password) => new EncodedBody(
            JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = user, ["password"] = password }, PxCloudJson.Default.DictionaryStringString),
            RequestBody.Json),
        Words = new("username", "password", RequestBody.Json, [new("token", "$.data.token")], [new("Authorization", "Bearer {{token}}")]),
        Read = Read,
        Headers = static (ticket, _) => [PxCloudAuth.Bearer(ticket.Value)],
        RenewsWithTicket = false,

        // For tokens that do not say when they end: such a one is used until it is refused.
        RenewAfter = TimeSpan.FromHours(12),
        EndsAfter = TimeSpan.FromHours(24),
    };

    // {"data": {"token", "expires_at"?}}, expires_at in seconds; else the token itself says it.
    private static SessionOpening Read(JsonElement whole)
    {
        var data = whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty("data", out var inner) ? inner : whole;
        if (PxCloudValue.Text(data, "token") is not { Length: > 0 } token || HeaderText.Problem(token) is not null)
        {
            return new SessionOpening(null, "Authentication failed: PXCloud answered the login without a token.");
        }

        return new SessionOpening(new SessionTicket(token, "") { Ends = Moment(data, "expires_at") ?? EndOf(token) }, null);
    }

    /// <summary>When a JWT ends by its own word; null where it does not say, or is none.</summary>
    public static DateTimeOffset? EndOf(string token)
    {
        if (token.Split('.') is not [_, var claims, _])
        {
            return null;
        }

        try
        {
            return Moment(JsonElement.Parse(Base64Url.DecodeFromChars(claims)), "exp");
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Moment(JsonElement item, string property) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000))
            : null;
}
