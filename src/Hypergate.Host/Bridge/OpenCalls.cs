using System.Collections.Concurrent;

namespace Hypergate.Host.Bridge;

/// <summary>A request of the client that has no answer yet.</summary>
internal sealed class OpenCall(RpcMessage request) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public RpcMessage Request => request;

    public string Id => request.Id!;

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whether the client no longer waits for an answer.</summary>
    public bool IsCancelled { get; private set; }

    public bool IsSubscription => request.Method == "subscriptions/listen";

    /// <summary>The client has cancelled it.</summary>
    public void Cancel() => IsCancelled = true;

    /// <summary>Closes its connection. Where requests end with that (2026-07-28), it ends at the other side too.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    public void Dispose() => _stop.Dispose();
}

/// <summary>All of them, by the ids that the client gave them.</summary>
internal sealed class OpenCalls
{
    private readonly ConcurrentDictionary<string, (OpenCall Call, Task Work)> _calls = new(StringComparer.Ordinal);

    /// <summary>What is not meant to stay open until somebody ends it.</summary>
    public Task Ending => Task.WhenAll(_calls.Values.Where(static open => !open.Call.IsSubscription).Select(static open => open.Work));

    public Task All => Task.WhenAll(_calls.Values.Select(static open => open.Work));

    public OpenCall? Find(string id) => _calls.TryGetValue(id, out var open) ? open.Call : null;

    /// <summary>Begins a call; false where its id is in use.</summary>
    public bool Begin(OpenCall call, Func<OpenCall, Task> run)
    {
        // The entry has to stand before the work can end and take it away.
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = RunAsync();
        if (!_calls.TryAdd(call.Id, (call, work)))
        {
            return false;
        }

        start.SetResult();
        return true;

        async Task RunAsync()
        {
            await start.Task;
            try
            {
                await run(call);
            }
            finally
            {
                _calls.TryRemove(call.Id, out _);
                call.Dispose();
            }
        }
    }
}
