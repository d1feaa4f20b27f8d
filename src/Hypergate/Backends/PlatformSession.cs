using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>Keeps one session open that a password began: renews it before it ends, and opens a new one where the platform dropped it.</summary>
/// <param name="rules">How the platform does it.</param>
/// <param name="credential">User and password.</param>
/// <param name="send">Sends without a credential.</param>
/// <param name="address">Where sessions are opened.</param>
/// <param name="time">For the ages.</param>
internal sealed class PlatformSession(
    SessionRules rules, Credential.Password credential, Func<HttpRequestSpec, CancellationToken, Task<HttpResult>> send, Uri address, TimeProvider time) : IDisposable
{
    // A wrong password stays wrong; each further try could lock the account.
    private static readonly TimeSpan ShortestHold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    // A session that says when it ends is renewed in the last part of its life, at most five minutes before.
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private const int PartsOfLife = 10;

    // One login at a time, whoever waits for it.
    private readonly SemaphoreSlim _gate = new(1);
    private SessionTicket? _ticket;
    private DateTimeOffset _opened;
    private HttpResult? _refusal;
    private DateTimeOffset _heldUntil;
    private TimeSpan _hold = ShortestHold;

    /// <summary>The open session, or the answer by which the platform refused one.</summary>
    /// <param name="refused">A ticket that the platform did not take, so that another is needed.</param>
    public async Task<(SessionTicket? Ticket, HttpResult? Refusal)> GetAsync(SessionTicket? refused, CancellationToken cancellationToken)
    {
        if (_ticket is { } ticket && ticket != refused && time.GetUtcNow() < RenewalOf(ticket))
        {
            return (ticket, null);
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await OpenAsync(refused, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(SessionTicket? Ticket, HttpResult? Refusal)> OpenAsync(SessionTicket? refused, CancellationToken cancellationToken)
    {
        var (now, current) = (time.GetUtcNow(), _ticket == refused ? null : _ticket);
        if (current is not null && now < RenewalOf(current))
        {
            return (current, null);
        }

        if (_refusal is not null && now < _heldUntil)
        {
            return (null, _refusal);
        }

        if (current is not null && rules.RenewsWithTicket && now < EndOf(current) && await PostAsync(current.Value, cancellationToken) is ({ } next, _))
        {
            return (Take(next, now), null);
        }

        var (ticket, refusal) = await PostAsync(credential.Value, cancellationToken);
        if (ticket is not null)
        {
            return (Take(ticket, now), null);
        }

        return current is not null && refusal is TransportFailure && now < EndOf(current) ? (current, null) : (null, Hold(refusal!, now));
    }

    // A platform whose clock is far behind ours gives sessions that seem to have ended: these are used until they are refused.
    private DateTimeOffset EndOf(SessionTicket ticket) => ticket.Ends is { } ends && ends > _opened ? ends : _opened + rules.EndsAfter;

    private DateTimeOffset RenewalOf(SessionTicket ticket)
    {
        if (ticket.Ends is not { } ends || ends <= _opened)
        {
            return _opened + rules.RenewAfter;
        }

        var margin = (ends - _opened) / PartsOfLife;
        return ends - (margin < LongestMargin ? margin : LongestMargin);
    }

    private SessionTicket Take(SessionTicket ticket, DateTimeOffset now)
    {
        (_ticket, _opened, _refusal, _hold) = (ticket, now, null, ShortestHold);
        return ticket;
    }

    private HttpResult Hold(HttpResult refusal, DateTimeOffset now)
    {
        if (refusal is HttpReply { Status: 401 or 403 or 423 } or TransportFailure { Kind: FailureKind.Login })
        {
            (_refusal, _heldUntil, _ticket) = (refusal, now + _hold, null);
            _hold = _hold * 2 < LongestHold ? _hold * 2 : LongestHold;
        }

        return refusal;
    }

    private async Task<(SessionTicket? Ticket, HttpResult? Refusal)> PostAsync(string secret, CancellationToken cancellationToken)
    {
        var body = rules.Body(credential.User, secret);
        var result = await send(new HttpRequestSpec { Method = "POST", Address = address, Body = body.Bytes, BodyType = body.Type }, cancellationToken);
        if (result is not HttpReply { IsSuccess: true } reply)
        {
            return (null, result);
        }

        var opening = rules.Read(PlatformClient.ValueOf(reply));
        return opening.Ticket is { } ticket ? (ticket, null) : (null, new TransportFailure(FailureKind.Login, opening.Problem ?? "The platform's answer to the login cannot be understood."));
    }
}
