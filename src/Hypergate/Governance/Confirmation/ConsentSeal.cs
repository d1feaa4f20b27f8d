using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Governance.State;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// A proof that the gateway itself asked about one exact call, for questions whose state travels through the client:
/// <c>v1.expiry.nonce.binding.fingerprint.mac</c>, HMAC-SHA256 with a key that no client knows.
/// </summary>
/// <param name="store">Where the used ones are noted.</param>
/// <param name="key">Gives the key; asked when it is first needed.</param>
/// <param name="time">For the five minutes.</param>
internal sealed class ConsentSeal(IStateStore store, Func<byte[]> key, TimeProvider time)
{
    private const string Family = "seals";

    private readonly Lazy<byte[]> _key = new(key);

    public string Make(Call call, string fingerprint)
    {
        var expiry = (time.GetUtcNow() + ConsentTokens.Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var text = $"v1.{expiry}.{nonce}.{ConsentBinding.Of(call)}.{fingerprint}";
        return $"{text}.{Mac(text, call.Caller)}";
    }

    /// <summary>Spends a seal that came back. Gives the fingerprint it was made for, or why it is no good.</summary>
    public async Task<ConsentTokens.Redemption> RedeemAsync(string? seal, Call call, CancellationToken cancellationToken)
    {
        if (seal?.Split('.') is not ["v1", var expiry, var nonce, var binding, var fingerprint, var mac]
            || !Same(mac, Mac(seal[..seal.LastIndexOf('.')], call.Caller)))
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

        return await SpendAsync(nonce, ends, cancellationToken) ? new(fingerprint, null) : Problem("The answer was used already.");
    }

    private static ConsentTokens.Redemption Problem(string text) => new(null, text);

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    // The caller is part of it, so that a question of somebody else reads like one that never was asked.
    private string Mac(string text, Caller caller) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{text}\n{caller.Name}")));

    private async Task<bool> SpendAsync(string nonce, DateTimeOffset ends, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var old in (await store.ListAsync(Family, cancellationToken)).Where(entry => DateTimeOffset.Parse(entry.Value, CultureInfo.InvariantCulture) <= now))
        {
            await store.TryWriteAsync(Family, old.Key, old.Version, null, cancellationToken);
        }

        return await store.TryWriteAsync(Family, nonce, null, ends.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
    }
}
