using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>Makes and checks tickets and the tokens against forged requests.</summary>
internal sealed class Tickets
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private static readonly TimeSpan FromTheFuture = TimeSpan.FromMinutes(5);
    private byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>All tickets become invalid, as after the loss of the cluster's keys.</summary>
    public void Renew() => _key = RandomNumberGenerator.GetBytes(32);

    public string Ticket(string user, DateTimeOffset now) => Sealed("PVE", user, now);

    /// <summary>A ticket that only answers the second factor's challenge.</summary>
    public string Challenge(string user, DateTimeOffset now) => Sealed("PVE", "!tfa!" + Uri.EscapeDataString(user), now);

    public string CsrfToken(string user, DateTimeOffset now)
    {
        var stamp = Stamp(now);
        return $"{stamp}:{Sign($"CSRF:{stamp}:{user}")}";
    }

    /// <summary>The user of a valid ticket; null otherwise.</summary>
    public string? User(string ticket, DateTimeOffset now)
    {
        if (ticket.Split("::", 2) is not [var plain, var signature] || Sign(plain) != signature)
        {
            return null;
        }

        return plain.Split(':') is ["PVE", .. var user, var stamp] && IsFresh(stamp, now, Life) ? string.Join(':', user) : null;
    }

    public bool IsCsrfToken(string? token, string user, DateTimeOffset now) =>
        token?.Split(':', 2) is [var stamp, var signature] && Sign($"CSRF:{stamp}:{user}") == signature && IsFresh(stamp, now, TimeSpan.FromHours(24));

    private string Sealed(string prefix, string user, DateTimeOffset now)
    {
        var plain = $"{prefix}:{user}:{Stamp(now)}";
        return $"{plain}::{Sign(plain)}";
    }

    private string Sign(string text) => Convert.ToBase64String(HMACSHA512.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private static string Stamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString("X8", CultureInfo.InvariantCulture);

    private static bool IsFresh(string stamp, DateTimeOffset now, TimeSpan life)
    {
        if (!long.TryParse(stamp, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return age > -FromTheFuture && age < life;
    }
}
