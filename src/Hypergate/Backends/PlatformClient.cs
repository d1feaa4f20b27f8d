using System.Text.Json;
using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>Sends requests to one platform with its headers and credential. Knows nothing of operations.</summary>
internal sealed class PlatformClient : IDisposable
{
    private readonly BackendHttp _http;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _withCredential;

    public PlatformClient(BackendOptions options, TimeProvider time)
    {
        Options = options;
        var off = options.Kind.Switch?.IsOff;
        _http = new BackendHttp(off is null ? options.Http : options.Http with { IsFinal = off }, time);
        _headers = options.Kind.Headers;
        _withCredential = [.. options.Kind.Headers, options.Kind.CredentialHeader(options.Credential)];
        ApiAddress = new Uri(options.Http.Address.AbsoluteUri.TrimEnd('/') + options.Kind.ApiPath);
    }

    public BackendOptions Options { get; }

    /// <summary>What every operation's path is put behind.</summary>
    public Uri ApiAddress { get; }

    public Task<HttpResult> SendAsync(HttpRequestSpec request, CancellationToken cancellationToken) =>
        _http.SendAsync(request with { Headers = [.. request.Headers, .. _withCredential] }, cancellationToken);

    /// <summary>A read of a fixed path, without a credential: for what the platform tells everybody.</summary>
    public Task<HttpResult> GetPubliclyAsync(string path, CancellationToken cancellationToken) =>
        _http.SendAsync(Get(path) with { Headers = _headers }, cancellationToken);

    /// <summary>A read of a fixed path.</summary>
    public Task<HttpResult> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(Get(path), cancellationToken);

    public void Dispose() => _http.Dispose();

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

    private HttpRequestSpec Get(string path) => new()
    {
        Address = new Uri(ApiAddress.AbsoluteUri + path),
        TimeLimit = Options.StartLimit,
    };
}
