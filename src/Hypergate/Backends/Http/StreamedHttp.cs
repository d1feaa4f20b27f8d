using System.Net;

namespace Hypergate.Backends.Http;

/// <summary>
/// Requests to one server whose answers go on for as long as they like: the proxy, TLS and origin rules of
/// <see cref="BackendHttp"/>, without its time limit for a whole answer. Nothing is repeated, no redirect is followed.
/// </summary>
internal sealed class StreamedHttp : IDisposable
{
    private readonly BackendHttpOptions _options;
    private readonly FailureTexts _texts;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    public StreamedHttp(BackendHttpOptions options)
    {
        (_options, _texts) = (options, new(options));
#pragma warning disable RS0030 // As in BackendHttp, with the same handler.
        _invoker = new(() => new HttpMessageInvoker(BackendHttp.Handler(options)));
#pragma warning restore RS0030
    }

    /// <summary>Sends a request and returns with the head of its answer; or why there is none.</summary>
    /// <exception cref="OperationCanceledException">The caller no longer wants it.</exception>
    public async Task<(HttpResponseMessage? Answer, TransportFailure? Failure)> OpenAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        BackendHttp.Check(request, _options);
        try
        {
            // The message may not be disposed before its content has been sent, which the head of the answer tells.
            using var message = HttpExchange.Message(request, request.Address, encodings: null);
            var response = await _invoker.Value.SendAsync(message, cancellationToken);
            if (Refusal(request, response) is not { } refusal)
            {
                return (response, null);
            }

            response.Dispose();
            return (null, refusal);
        }
        catch (Exception exception) when (_texts.Read(request, exception) is { } failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, failure);
        }
    }

    /// <summary>What to tell of an answer that broke off.</summary>
    public string TextOf(HttpRequestSpec request, Exception exception) => _texts.Read(request, exception)?.Text ?? exception.Message;

    public void Dispose()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
    }

    private TransportFailure? Refusal(HttpRequestSpec request, HttpResponseMessage response) => response switch
    {
        { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } when _options.Proxy.ProxyFor(request.Address) is { } proxy =>
            _texts.RefusedByProxy(proxy, (int)response.StatusCode),
        _ when HttpExchange.RedirectOf(response, request.Address) is { } target => _texts.NotFollowed(request, target, isCircle: false),
        _ => null,
    };
}
