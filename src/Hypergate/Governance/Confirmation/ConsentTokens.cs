using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>The tokens of previews that wait for their second call. Kept in memory: a restart forgets them, which is safe.</summary>
internal sealed class ConsentTokens(TimeProvider time)
{
    /// <summary>How long a consent can be given after its preview was shown.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MostPending = 1_000;

    // Guards _pending: calls come from many threads.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pending> _pending = new(StringComparer.Ordinal);

    /// <summary>A new token for one call and the state in which its object was shown.</summary>
    public string Issue(Call call, string fingerprint)
    {
        var token = Guid.NewGuid().ToString();
        lock (_lock)
        {
            DropExpired();
            _pending[token] = new Pending(call.Caller.Name, ConsentBinding.Of(call), fingerprint, Words(call), time.GetUtcNow() + Lifetime);
        }

        return token;
    }

    /// <summary>Spends a token, whether it fits or not. Another caller's reads like one that never was.</summary>
    public Redemption Redeem(string token, Call call)
    {
        lock (_lock)
        {
            DropExpired();
            if (!_pending.Remove(token, out var pending) || pending.Caller != call.Caller.Name)
            {
                return new Redemption(null, "The confirm_token is unknown, already used, or older than five minutes.");
            }

            return pending.Binding == ConsentBinding.Of(call)
                ? new Redemption(pending.Fingerprint, null)
                : new Redemption(null, $"The confirm_token was given for another call ({pending.Words}), not for {Words(call)}. It is spent now.");
        }
    }

    private static string Words(Call call) => $"{call.Operation.Name} on '{call.Backend}'";

    private void DropExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (token, _) in _pending.Where(pair => pair.Value.Ends <= now).ToList())
        {
            _pending.Remove(token);
        }

        while (_pending.Count >= MostPending)
        {
            _pending.Remove(_pending.MinBy(static pair => pair.Value.Ends).Key);
        }
    }

    /// <summary>What came of a token: the fingerprint that it was given for, or why it is no good.</summary>
    internal readonly record struct Redemption(string? Fingerprint, string? Problem);

    private sealed record Pending(string Caller, string Binding, string Fingerprint, string Words, DateTimeOffset Ends);
}
