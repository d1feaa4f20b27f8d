using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Server;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Access;

/// <summary>Opens sessions and knows whose a token is.</summary>
internal sealed class Sessions(PxWorld world)
{
    private const int MostFailures = 5;

    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private Jwt _tokens = new(SHA256.HashData(Encoding.ASCII.GetBytes($"pxcloud {world.Options.Seed}")));
    private int _logins;

    /// <summary>How often somebody signed in with success.</summary>
    public int Logins => _logins;

    /// <summary>As after a restart with another key.</summary>
    public void Forget() => _tokens = new Jwt(SHA256.HashData(Encoding.ASCII.GetBytes($"pxcloud {world.Options.Seed} {_logins} {world.Dice.Next()}")));

    /// <exception cref="PxError">401: wrong. 403: a second factor is missing, or the account is off. 423: locked.</exception>
    public (string Token, Identity Who) Open(string username, string password, string? otp)
    {
        var user = world["users"].Find(user => user.Text("username") == username);
        if (user?.Flag("locked") == true)
        {
            throw new PxError(423, "account_locked", $"The account {username} is locked.");
        }

        if (user is null || user.Text("_password") != password)
        {
            CountFailure(user, username);
            throw new PxError(401, "invalid_credentials", "User name or password is wrong.");
        }

        if (!user.Flag("enabled"))
        {
            throw new PxError(403, "account_disabled", $"The account {username} is switched off.");
        }

        if (user.Flag("mfa") && otp is null)
        {
            throw new PxError(403, "mfa_required", "This account needs a second factor (otp).");
        }

        _failures.Remove(username);
        _logins++;
        user["last_login"] = world.Seconds;
        var who = new Identity(username, user.Text("role")!, world.Seconds + (long)world.Options.TokenLife.TotalSeconds, _logins.ToString(CultureInfo.InvariantCulture));
        return (_tokens.Write(who), who);
    }

    public void Close(Identity who) => _ended.Add(who.TokenId);

    /// <exception cref="PxError">401: no token, or one that is not good any more.</exception>
    public Identity Find(string? authorization)
    {
        if (authorization is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token])
        {
            throw new PxError(401, "unauthorized", "A session is needed.");
        }

        if (world["tokens"].Find(entry => entry.Text("_secret") == token) is { } named)
        {
            named["last_used"] = world.Seconds;
            return Known(named.Text("user")!, long.MaxValue, named.Text("id")!);
        }

        return _tokens.Read(token) is not (var user, var ends, var id) || _ended.Contains(id) ? throw new PxError(401, "invalid_token", "The token is not valid.")
            : ends <= world.Seconds ? throw new PxError(401, "token_expired", "The token has expired.")
            : Known(user, ends, id);
    }

    private Identity Known(string name, long ends, string id) => world["users"].Find(user => user.Text("username") == name) is { } user && user.Flag("enabled")
        ? new Identity(name, user.Text("role")!, ends, id)
        : throw new PxError(401, "invalid_token", "The user of this token is gone.");

    private void CountFailure(JsonObject? user, string username)
    {
        var failures = _failures[username] = _failures.GetValueOrDefault(username) + 1;
        if (user is not null && failures >= MostFailures)
        {
            user["locked"] = true;
        }
    }
}
