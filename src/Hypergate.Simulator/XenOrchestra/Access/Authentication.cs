using System.Text;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>Finds out who asks: a token in a cookie, or a name and a password. Used under the lock of the data centre.</summary>
internal sealed class Authentication(DataCentre world)
{
    private static readonly string[] CookieNames = ["authenticationToken", "token"];
    private readonly LoginThrottle _throttle = new(world.Time);

    /// <param name="cookie">The header <c>Cookie</c>, or null.</param>
    /// <param name="authorization">The header <c>Authorization</c>, or null.</param>
    /// <returns>Null: no credential was sent.</returns>
    /// <exception cref="XoError">400, 401, or 500 for tries that follow too fast.</exception>
    public Caller? Find(string? cookie, string? authorization) => (Token(cookie), authorization) switch
    {
        (null, null) => null,
        ({ }, { }) => throw new XoError(400, "Having multiple authentication methods is not supported, please choose one"),
        ({ } token, null) => OfToken(token),
        (null, { } header) => OfLogin(header),
    };

    /// <summary>A credential that the server does not take.</summary>
    public static XoError Refused() => new(401, "invalid credentials");

    private static string? Token(string? cookie)
    {
        var cookies = (cookie ?? "").Split(';').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        return CookieNames.SelectMany(name => cookies[name]).FirstOrDefault(value => value.Length > 0);
    }

    private Caller OfToken(string token)
    {
        var now = world.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return world["authentication-tokens"].Find(token) is { } known
            && (known["expiration"]?.GetValue<long>() ?? long.MaxValue) > now
            && world["users"].Find(known["user_id"]!.GetValue<string>()) is { } user
            ? new Caller(user)
            : throw Refused();
    }

    // The word before the credential is not looked at, so Bearer is read as if it were Basic.
    private Caller OfLogin(string header)
    {
        if (header.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) is not [_, var encoded])
        {
            throw new XoError(400, "Malformed Authorization header");
        }

        var words = Decode(encoded.Trim()).Split(':');
        var (name, password) = (words[0], words.ElementAtOrDefault(1));
        if (_throttle.IsTooFast(name))
        {
            throw new XoError(500, "too fast authentication tries");
        }

        if (UserOf(name, password) is not { } user)
        {
            _throttle.Failed(name);
            throw Refused();
        }

        _throttle.Succeeded(name);
        return new Caller(user);
    }

    private JsonObject? UserOf(string name, string? password) => world["users"].All.FirstOrDefault(user =>
        user["email"]?.GetValue<string>() == name && user["_password"]?.GetValue<string>() == password && password is not (null or ""));

    private static string Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        var padded = encoded.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : encoded;
    }
}
