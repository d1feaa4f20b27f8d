using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// A proof that the gateway itself asked about one exact call, for questions whose state travels through the client:
/// <c>v1.expiry.nonce.binding.fingerprint.mac</c>, HMAC-SHA256 with a key that lives and dies with the process.
/// </summary>
internal sealed class ConsentSeal(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    // Guards _used: answers come from many threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    public string Make(Call call, string fingerprint)
    {
        var expiry = (time.GetUtcNow() + ConsentTokens.Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var text = $"v1.{expiry}.{nonce}.{ConsentBinding.Of(call)}.{fingerprint}";
        return $"{text}.{Mac(text)}";
    }

    /// <summary>Spends a seal that came back. Gives the fingerprint it was made for, or why it is no good.</summary>
    public ConsentTokens.Redemption Redeem(string? seal, Call call)
    {
        if (seal?.Split('.') is not ["v1", var expiry, var nonce, var binding, var fingerprint, var mac]
            || !Same(mac, Mac(seal[..seal.LastIndexOf('.')])))
        {
            return Problem("The answer does not carry the state that this gateway gave out with its question.");
        }

        var ends = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(expiry, CultureInfo.InvariantCulture));
        if (ends <= time.GetUtcNow())
        {
            return Problem("The question was asked more than five minutes ago.");
        }

        if (!Same(binding, ConsentBinding.Of(call)))
        {
            return Problem("The answer was given for another call.");
        }

        return Spend(nonce, ends) ? new(fingerprint, null) : Problem("The answer was used already.");
    }

    private static ConsentTokens.Redemption Problem(string text) => new(null, text);

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));

    private bool Spend(string nonce, DateTimeOffset ends)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (old, _) in _used.Where(pair => pair.Value <= now).ToList())
            {
                _used.Remove(old);
            }

            return _used.TryAdd(nonce, ends);
        }
    }
}
