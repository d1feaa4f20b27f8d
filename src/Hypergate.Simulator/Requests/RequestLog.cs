using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hypergate.Simulator.Requests;

/// <summary>The last requests, oldest first: recorded before anything else happens to them, so also those that are never answered.</summary>
public sealed class RequestLog
{
    private const int Most = 10_000;

    // Guards the queue: requests come from many threads.
    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly List<(Func<RecordedRequest, bool> Fits, TaskCompletionSource<RecordedRequest> Source)> _awaited = [];

    /// <summary>How many requests have come since the start or the last <see cref="Clear"/>; the log itself keeps 10,000.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }

        private set;
    }

    /// <summary>A copy of what is kept.</summary>
    public IReadOnlyList<RecordedRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The first request that fits, be it there or still to come.</summary>
    public async Task<RecordedRequest> FirstAsync(Func<RecordedRequest, bool> fits, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource<RecordedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_requests.FirstOrDefault(fits) is { } known)
            {
                return known;
            }

            _awaited.Add((fits, source));
        }

        return await source.Task.WaitAsync(cancellationToken);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            Count = 0;
        }
    }

    /// <summary>Records a request as it came, with as much of its body as is kept.</summary>
    internal void Add(HttpContext http, ReadOnlyMemory<byte> body) => Add(new RecordedRequest(
        http.Request.Method,
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body[..Math.Min(body.Length, RecordedRequest.MostBytes)]));

    private void Add(RecordedRequest request)
    {
        lock (_lock)
        {
            _requests.Enqueue(request);
            Count++;
            if (_requests.Count > Most)
            {
                _requests.Dequeue();
            }

            foreach (var (_, source) in _awaited.Where(entry => entry.Fits(request)))
            {
                source.TrySetResult(request);
            }

            _awaited.RemoveAll(static entry => entry.Source.Task.IsCompleted);
        }
    }
}
