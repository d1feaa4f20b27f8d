using System.Text.Json;

namespace Hypergate.Host.Authentication.OAuth;

/// <summary>
/// The keys of one issuer, kept for an hour. Where none of them has signed a token they are looked for anew, but not more than twice a minute, so that
/// forged tokens cannot make us ask without end. While the issuer is away the keys of before hold for a day.
/// </summary>
/// <param name="fetch">Gives the set of keys, or throws <see cref="HttpRequestException"/>.</param>
internal sealed class IssuerKeys(Func<CancellationToken, Task<JsonElement>> fetch, TimeProvider time) : IDisposable
{
    private const int MostTried = 8;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Stale = TimeSpan.FromHours(24);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    // Guards the fetch: many requests may miss a key at once.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Known? _known;
    private (DateTimeOffset At, string? Problem)? _lastTry;

    /// <summary>Whether one of the keys has signed a token.</summary>
    /// <exception cref="HttpRequestException">There are none, and none can be had.</exception>
    public async Task<bool> SignedAsync(Jwt token, CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetUtcNow() - known.At < Fresh && HasSigned(known, token))
        {
            return true;
        }

        // An issuer may put another key under the same name, or give none of them a name.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastTry is not { } last || time.GetUtcNow() - last.At >= Between)
            {
                await TryAsync(cancellationToken);
            }

            return _known is { } now && time.GetUtcNow() - now.At < Stale
                ? HasSigned(now, token)
                : throw new HttpRequestException(_lastTry?.Problem ?? "The issuer's keys are not known.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var keys = IssuerKey.ReadSet(await fetch(cancellationToken));
            var now = time.GetUtcNow();
            (_known, _lastTry) = keys.Count > 0 ? (new Known(keys, now), (now, null)) : (_known, (now, "The issuer's set of keys holds none that can be used."));
        }
        catch (HttpRequestException exception)
        {
            _lastTry = (time.GetUtcNow(), exception.Message);
        }
    }

    // A token without the name of its key may be of any that fits; with one, of that alone.
    private static bool HasSigned(Known known, Jwt token) =>
        known.Keys.Where(key => key.Fits(token.Algorithm) && (token.KeyId is null || key.Id == token.KeyId)).Take(MostTried).Any(key => key.Verifies(token));

    private sealed record Known(IReadOnlyList<IssuerKey> Keys, DateTimeOffset At);
}
