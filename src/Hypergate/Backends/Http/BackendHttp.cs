using System.Net;
using System.Text;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>
/// The HTTP client of one backend: its proxy, its TLS identity, its limits. Adds no cookie and no credential of its
/// own, follows no redirect to another origin, repeats no write. Making one opens nothing and reads nothing.
/// </summary>
internal sealed class BackendHttp : IDisposable
{
    private readonly BackendHttpOptions _options;
    private readonly TimeProvider _time;
    private readonly FailureTexts _texts;
    private readonly Lazy<HttpMessageInvoker> _invoker;
    private readonly Lazy<ReadRetries> _retries;

    public BackendHttp(BackendHttpOptions options, TimeProvider time)
    {
        (_options, _time, _texts) = (options, time, new(options));
#pragma warning disable RS0030 // This is where it is made.
        _invoker = new(() => new HttpMessageInvoker(Handler(options)));
#pragma warning restore RS0030
        _retries = new(() => new ReadRetries(options.IsFinal, time, options.Retries));
    }

    /// <summary>Sends a request and reads its answer whole, within its time limit.</summary>
    /// <returns>Any answer as <see cref="HttpReply"/>, whatever its status; else <see cref="TransportFailure"/>.</returns>
    /// <exception cref="ArgumentException">A foreign origin or an impossible header: whoever made the request must refuse these.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants it.</exception>
    public async Task<HttpResult> SendAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        Check(request, _options);
        var timeLimit = request.TimeLimit ?? _options.TimeLimit;
        var started = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await TryAsync(request, either.Token);
            if (request is { IsRead: true, MayRepeat: true } && ReadRetries.MayPass(result))
            {
                var left = timeLimit - _time.GetElapsedTime(started);
                result = await _retries.Value.GoOnAsync(result, token => TryAsync(request, token), left, either.Token);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _texts.TimedOut(request, timeLimit);
        }
    }

    public void Dispose()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
    }

    /// <summary>Connections by the rules of this room; it follows no redirect and keeps no cookie.</summary>
    internal static SocketsHttpHandler Handler(BackendHttpOptions options) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        UseProxy = options.Proxy.Any,
        Proxy = options.Proxy.Any ? options.Proxy : null,
        ConnectTimeout = options.ConnectTimeLimit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = options.IdleTimeLimit,
        MaxResponseHeadersLength = 64,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = options is { MayReach: { } mayReach } && options.Proxy.ProxyFor(options.Address) is null
            ? (context, cancellationToken) => GuardedConnection.OpenAsync(context.DnsEndPoint, mayReach, options.Resolve, cancellationToken)
            : null,
        SslOptions = options.Tls.OptionsFor(options.Address.IdnHost),
    };

    private async Task<HttpResult> TryAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        if (request.Notes is not { } notes)
        {
            return await SendOnceAsync(request, cancellationToken);
        }

        var started = _time.GetTimestamp();
        notes.Begin(request.BodyFile is { } file ? new FileInfo(file).Length : request.Body?.Length);
        var result = await SendOnceAsync(request, cancellationToken);
        var milliseconds = (long)_time.GetElapsedTime(started).TotalMilliseconds;
        notes.End(result is HttpReply reply ? new(reply.Status, milliseconds, reply.WireBytes, true) : new(null, milliseconds, 0, (result as TransportFailure)?.WasSent));
        return result;
    }

    private async Task<HttpResult> SendOnceAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        try
        {
            return await new HttpExchange(_options, _invoker.Value, _texts, _time).SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (_texts.Read(request, exception) is { } failure)
        {
            // A cancelled read may surface as any of the transport's exceptions.
            cancellationToken.ThrowIfCancellationRequested();
            return failure;
        }
    }

    /// <exception cref="ArgumentException">A foreign origin or an impossible header.</exception>
    internal static void Check(HttpRequestSpec request, BackendHttpOptions options)
    {
        if (!Origin.Same(request.Address, options.Address))
        {
            throw new ArgumentException($"{Origin.Text(request.Address)} is not the origin of this backend.", nameof(request));
        }

        foreach (var (name, value) in request.Headers)
        {
            if (HeaderText.Problem(name, value) is { } problem)
            {
                throw new ArgumentException($"The header {name} cannot be sent: {problem}.", nameof(request));
            }
        }
    }
}
