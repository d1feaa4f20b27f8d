using System.Net;
using Hypergate.Backends.Http;

namespace Hypergate.Host.Bridge;

/// <summary>
/// Requests to the other side. What surely was not done there (no connection, 429, 503) is tried again with growing pauses; anything
/// else is not, since it may have been done.
/// </summary>
internal sealed class RemoteEndpoint(BridgeOptions options, BridgeLog log, TimeProvider time) : IDisposable
{
    /// <summary>Of a body from here on the gateway says first whether it takes it; else it would close the connection under whoever sends, and its reason be lost.</summary>
    private const int LargeBody = 1024 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly KeyValuePair<string, string>[] Expecting = [new("Expect", "100-continue")];

    private readonly StreamedHttp _http = new(options.Http);

    /// <summary>How long to wait after so many failures in a row.</summary>
    public static TimeSpan Pause(int failures) => FirstPause * Math.Pow(2, Math.Min(failures, 5)) is var pause && pause < LongestPause ? pause : LongestPause;

    /// <summary>Posts a message, with patience.</summary>
    public async Task<RemoteAnswer> PostAsync(RpcMessage message, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var request = Request("POST", [new("Accept", "application/json, text/event-stream"), .. headers, .. message.Line.Length >= LargeBody ? Expecting : []]) with { Body = message.Line };
        var started = time.GetTimestamp();
        for (var failures = 0; ; failures++)
        {
            var (response, failure) = await _http.OpenAsync(request, cancellationToken);
            if (Wait(response, failure, failures) is not { } pause || time.GetElapsedTime(started) + pause > options.Patience)
            {
                return Answer(response, failure);
            }

            log.Tell($"{failure?.Text ?? $"The gateway is not ready: it answered {(int)response!.StatusCode}."} Trying again for {options.Patience.TotalSeconds:0} seconds.");
            response?.Dispose();
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Opens a stream of events, once.</summary>
    public async Task<RemoteAnswer> GetAsync(IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var (response, failure) = await _http.OpenAsync(Request("GET", [new("Accept", "text/event-stream"), .. headers]), cancellationToken);
        return Answer(response, failure);
    }

    public async Task DeleteAsync(IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var (response, _) = await _http.OpenAsync(Request("DELETE", headers), cancellationToken);
        response?.Dispose();
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestSpec Request(string method, IEnumerable<KeyValuePair<string, string>> headers) => new()
    {
        Method = method,
        Address = options.Http.Address,
        Headers = [.. options.Headers, .. headers],
    };

    private RemoteAnswer Answer(HttpResponseMessage? response, TransportFailure? failure)
    {
        if (response is { IsSuccessStatusCode: true })
        {
            log.Recovered();
        }
        else if (response is { StatusCode: HttpStatusCode.MethodNotAllowed, RequestMessage.Method.Method: "GET" })
        {
            // That is how a server says that it has nothing to tell beside its answers.
        }
        else if (response?.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            log.Tell($"The gateway refuses the credential ({(int)response.StatusCode}). Check HYPERGATE_API_KEY or --api-key; 'hypergate keys list' at the gateway shows which keys hold.");
        }
        else
        {
            log.Tell(failure?.Text ?? $"The gateway answered {(int)response!.StatusCode} {response.ReasonPhrase}.");
        }

        return new(response, failure?.Text, time) { ComeBack = Asked(response) };
    }

    private TimeSpan? Wait(HttpResponseMessage? response, TransportFailure? failure, int failures)
    {
        if (failure is not null)
        {
            return failure.MayPass ? Pause(failures) : null;
        }

        if (response!.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        return Asked(response) is { } asked && asked > Pause(failures) ? asked : Pause(failures);
    }

    private TimeSpan? Asked(HttpResponseMessage? response) => response?.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - time.GetUtcNow() : null;
}
