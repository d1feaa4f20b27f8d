using System.Collections.Concurrent;

namespace Hypergate.Scripting;

/// <summary>Work that nobody waits for while it goes on, and that must be over before its owner is.</summary>
internal sealed class BackgroundWork
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    public void Add(Task work)
    {
        _running.TryAdd(work, 0);
        _ = work.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for all of it, and for what it has begun in turn. How it ended is nobody's concern here.</summary>
    public async Task EndAsync()
    {
        while (!_running.IsEmpty)
        {
            await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
