using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Governance.State;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>The tokens of previews that wait for their second call.</summary>
/// <param name="store">Where they wait; in memory a restart forgets them, which is safe.</param>
/// <param name="sealKey">Gives the key for what travels through the client; asked when it is first needed.</param>
/// <param name="time">For the five minutes.</param>
internal sealed class ConsentTokens(IStateStore store, Func<byte[]> sealKey, TimeProvider time)
{
    /// <summary>How long a consent can be given after its preview was shown.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Family = "confirmations";
    private const int MostPending = 1_000;

    /// <summary>Seals questions whose state travels through the client; the used ones are noted beside the tokens.</summary>
    public ConsentSeal Seal { get; } = new(store, sealKey, time);

    /// <summary>A new token for one call and the state in which its object was shown.</summary>
    /// <param name="call">The call.</param>
    /// <param name="fingerprint">Of what was shown.</param>
    /// <param name="way">How the person was asked who has agreed already; null where nobody has.</param>
    public async Task<string> IssueAsync(Call call, string fingerprint, string? way, CancellationToken cancellationToken)
    {
        await DropExpiredAsync(cancellationToken);
        var token = Guid.NewGuid().ToString();
        var pending = new PendingConsent(call.Caller.Name, ConsentBinding.Of(call), fingerprint, Words(call), time.GetUtcNow() + Lifetime) { Way = way };
        await store.TryWriteAsync(Family, token, null, JsonSerializer.Serialize(pending, PendingConsentJson.Default.PendingConsent), cancellationToken);
        return token;
    }

    /// <summary>Spends a token, whether it fits or not. Another caller's reads like one that never was.</summary>
    public async Task<Redemption> RedeemAsync(string token, Call call, CancellationToken cancellationToken)
    {
        // Taking it away is what spends it: of two that come at once, one finds it gone. Another caller cannot even spend it.
        if (await store.FindAsync(Family, token, cancellationToken) is not { } entry
            || Read(entry) is var pending && pending.Caller != call.Caller.Name
            || !await store.TryWriteAsync(Family, token, entry.Version, null, cancellationToken)
            || pending.Ends <= time.GetUtcNow())
        {
            return new Redemption(null, "The confirm_token is unknown, already used, or older than five minutes.");
        }

        return pending.Binding == ConsentBinding.Of(call)
            ? new Redemption(pending.Fingerprint, null) { Way = pending.Way }
            : new Redemption(null, $"The confirm_token was given for another call ({pending.Words}), not for {(pending.Words == Words(call) ? "these arguments" : Words(call))}. It is spent now.");
    }

    private static string Words(Call call) => $"{call.Operation.Name} on '{call.Backend}'";

    private async Task DropExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var all = (await store.ListAsync(Family, cancellationToken)).Select(static entry => (Entry: entry, Pending: Read(entry))).OrderBy(static known => known.Pending.Ends).ToList();
        var dropped = all.Where(known => known.Pending.Ends <= now).ToList();
        var waiting = all.Skip(dropped.Count).ToList();
        while (waiting.Count >= MostPending)
        {
            // Whoever has most of them makes room, so that nobody can push out what others wait for.
            var oldest = waiting.GroupBy(static known => known.Pending.Caller, StringComparer.Ordinal).MaxBy(static ofOne => ofOne.Count())!.First();
            waiting.Remove(oldest);
            dropped.Add(oldest);
        }

        foreach (var (entry, _) in dropped)
        {
            await store.TryWriteAsync(Family, entry.Key, entry.Version, null, cancellationToken);
        }
    }

    private static PendingConsent Read(StateEntry entry) => JsonSerializer.Deserialize(entry.Value, PendingConsentJson.Default.PendingConsent)
        ?? throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The confirmation {entry.Version} is damaged."));

    /// <summary>What came of a token: the fingerprint that it was given for, or why it is no good.</summary>
    internal readonly record struct Redemption(string? Fingerprint, string? Problem)
    {
        /// <summary>How a person was asked before the token was given; null where none was.</summary>
        public string? Way { get; init; }
    }
}

/// <summary>A preview that waits for its second call.</summary>
internal sealed record PendingConsent(string Caller, string Binding, string Fingerprint, string Words, DateTimeOffset Ends)
{
    public string? Way { get; init; }
}

[JsonSerializable(typeof(PendingConsent))]
internal sealed partial class PendingConsentJson : JsonSerializerContext;
