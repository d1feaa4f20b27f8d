using System.Collections.Concurrent;

namespace Hypergate.Host.Bridge;

/// <summary>The requests of the client that have no answer yet, by the ids that it gave them.</summary>
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
