using System.Text.Json;
using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>Sends requests to one platform with its headers and credential. Knows nothing of operations.</summary>
internal sealed class PlatformClient : IDisposable
{
    private readonly ClusterHttp _http;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _withCredential;
    private readonly PlatformSession? _session;
    private readonly TimeProvider _time;

    public PlatformClient(BackendOptions options, TimeProvider time)
    {
        Options = options;
        _time = time;
        var off = options.Kind.Switch?.IsOff;
        var http = options.Http with { IdleTimeLimit = options.Kind.IdleTimeLimit, Retries = options.Kind.Retries };
        _http = new ClusterHttp(off is null ? http : http with { IsFinal = off }, options.OtherAddresses, time);
        _headers = options.Kind.Headers;
        _withCredential = [.. options.Kind.Headers, .. options.Kind.CredentialHeaders(options.Credential)];
        ApiAddress = options.ApiAddress;
        _session = (options.Kind.Session, options.Credential) is ({ } rules, Credential.Password password)
            ? new PlatformSession(rules, password, SendBareAsync, new Uri(ApiAddress.AbsoluteUri.TrimEnd('/') + rules.Path), time)
            : null;
    }

    public BackendOptions Options { get; }

    /// <summary>What every operation's path is put behind.</summary>
    public Uri ApiAddress { get; }

    /// <exception cref="PlatformBusyException">Too many requests of callers are under way.</exception>
    public async Task<HttpResult> SendAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        using var place = request.Caller is { } caller && Options.Gate is { } gate ? await gate.EnterAsync(caller, cancellationToken) : null;
        if (_session is null)
        {
            return await SendAsync(request, Options.Kind.CallCredential is null ? _withCredential : _headers, cancellationToken);
        }

        var (ticket, refusal) = await _session.GetAsync(null, cancellationToken);
        if (ticket is null)
        {
            return refusal!;
        }

        var result = await SendAsync(request, ticket, cancellationToken);
        if (result is not HttpReply { Status: 401 })
        {
            return result;
        }

        // Refused before anything was done, so that a write may come again.
        (var next, refusal) = await _session.GetAsync(ticket, cancellationToken);
        return next is null ? refusal! : await SendAsync(request, next, cancellationToken);
    }

    /// <summary>A read of a fixed path below the API's, without a credential: for what the platform tells everybody.</summary>
    public Task<HttpResult> GetPubliclyAsync(string path, CancellationToken cancellationToken) =>
        SendBareAsync(Get(ApiAddress, path), cancellationToken);

    /// <summary>The same for a path below the configured address.</summary>
    public Task<HttpResult> GetPubliclyFromRootAsync(string path, CancellationToken cancellationToken, string? knownTag = null) =>
        SendBareAsync(Get(Options.Http.Address, path, knownTag), cancellationToken);

    /// <summary>A read of a fixed path.</summary>
    /// <param name="path">Below the API's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="knownTag">The ETag of a state that need not be sent again: 304 stands for it.</param>
    public Task<HttpResult> GetAsync(string path, CancellationToken cancellationToken, string? knownTag = null) => SendAsync(Get(ApiAddress, path, knownTag), cancellationToken);

    /// <summary>A read of any address: with the credential where it is the platform's own, else without anything of it.</summary>
    public async Task<HttpResult> GetAnywhereAsync(Uri address, string? knownTag, CancellationToken cancellationToken)
    {
        var request = new HttpRequestSpec { Address = address, TimeLimit = Options.StartLimit, Headers = IfNot(knownTag) };
        if (Origin.Same(address, Options.Http.Address))
        {
            return await SendAsync(request, _withCredential, cancellationToken);
        }

        using var elsewhere = new BackendHttp(Options.Http with { Address = new Uri(address.GetLeftPart(UriPartial.Authority)), Tls = new TlsRules { ExtraCaFile = Options.Http.Tls.ExtraCaFile } }, _time);
        return await elsewhere.SendAsync(request, cancellationToken);
    }

    public void Dispose()
    {
        _session?.Dispose();
        _http.Dispose();
    }

    /// <summary>The value of an answer without what the platform puts around it; undefined where it has none or is no JSON.</summary>
    public JsonElement Inside(HttpReply reply) => Options.Kind.Unwrap(ValueOf(reply)).Value;

    /// <summary>The JSON value of an answer; undefined where it has none or is no JSON.</summary>
    public static JsonElement ValueOf(HttpReply reply)
    {
        if (reply.Body.IsEmpty)
        {
            return default;
        }

        try
        {
            return JsonDocument.Parse(reply.Body).RootElement;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private Task<HttpResult> SendAsync(HttpRequestSpec request, SessionTicket ticket, CancellationToken cancellationToken) =>
        SendAsync(request, [.. _withCredential, .. Options.Kind.Session!.Headers(ticket, request.Method)], cancellationToken);

    private Task<HttpResult> SendBareAsync(HttpRequestSpec request, CancellationToken cancellationToken) => SendAsync(request, _headers, cancellationToken);

    private Task<HttpResult> SendAsync(HttpRequestSpec request, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        _http.SendAsync(request with { Headers = [.. request.Headers, .. headers] }, Options.Kind.IsOfThisNode, cancellationToken);

    private HttpRequestSpec Get(Uri below, string path, string? knownTag = null) => new()
    {
        Address = new Uri(below.AbsoluteUri.TrimEnd('/') + path),
        TimeLimit = Options.StartLimit,
        Headers = IfNot(knownTag),
    };

    private static IReadOnlyList<KeyValuePair<string, string>> IfNot(string? knownTag) => knownTag is null ? [] : [new("If-None-Match", knownTag)];
}
