using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Hypergate.Backends.Http;

namespace Hypergate.Host.Bridge;

/// <summary>What became of a request to the other side: the head of an answer, or why there is none.</summary>
/// <param name="response">Null where there is no answer.</param>
/// <param name="problem">Why there is none.</param>
internal sealed class RemoteAnswer(HttpResponseMessage? response, string? problem, TimeProvider time) : IDisposable
{
    private const int LongestBody = 64 * 1024 * 1024;

    /// <summary>0 where there is no answer.</summary>
    public int Status => response is null ? 0 : (int)response.StatusCode;

    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>When the server wants to be asked again; null where it says nothing.</summary>
    public TimeSpan? ComeBack { get; init; }

    /// <summary>Why there is no answer; else what the server calls its status.</summary>
    public string Problem => problem ?? $"The server answered {Status} {response!.ReasonPhrase}".TrimEnd() + (ComeBack is { } wait ? string.Create(CultureInfo.InvariantCulture, $". Ask again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds))} seconds.") : "");

    public bool IsStream => response?.Content.Headers.ContentType?.MediaType == "text/event-stream";

    /// <summary>The id of the newest event that had one.</summary>
    public string? LastEventId { get; private set; }

    /// <summary>How long the server wants us to wait before we come again; null where it says nothing.</summary>
    public TimeSpan? Retry { get; private set; }

    public string? Header(string name) => response!.Headers.NonValidated.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>Its messages, whether they come as events or as JSON.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public async IAsyncEnumerable<RpcMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsStream)
        {
            if (RpcMessage.TryRead(await BodyAsync(cancellationToken)) is { } only)
            {
                yield return only;
            }

            yield break;
        }

        await using var stream = new LivingStream(await response!.Content.ReadAsStreamAsync(cancellationToken), time);
        var events = SseParser.Create(stream, static (_, data) => data.ToArray());
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            LastEventId = events.LastEventId is { Length: > 0 } id ? id : LastEventId;
            Retry = item.ReconnectionInterval ?? Retry;
            if (item.Data.Length > 0 && RpcMessage.TryRead(item.Data) is { } message)
            {
                yield return message;
            }
        }
    }

    public void Dispose() => response?.Dispose();

    private async Task<ReadOnlyMemory<byte>> BodyAsync(CancellationToken cancellationToken) =>
        response is null ? default : (await BodyReader.ReadAsync(response.Content, LongestBody, cancellationToken)).Body;
}
