using System.Collections.Concurrent;
using Hypergate.Host.Metrics;
using Hypergate.Model;

namespace Hypergate.Host.Mcp.Http;

/// <summary>What callers have open at this moment: bounded for each, and ended for those who may no longer hold it.</summary>
/// <param name="most">For each caller.</param>
/// <param name="time">For last words.</param>
internal sealed class OpenRequests(int most, TimeProvider time)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<Lease, byte> _leases = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Null where the caller has too many open.</summary>
    public Lease? Enter(Caller caller, Action abort)
    {
        if (_counts.AddOrUpdate(caller.Name, 1, static (_, count) => count + 1) > most)
        {
            Leave(caller.Name);
            return null;
        }

        var lease = new Lease(this, caller, abort);
        _leases[lease] = 0;
        GatewayMeters.RequestOpened();
        return lease;
    }

    /// <summary>Ends what belongs to callers that fit: at once, but streams with a word, if their client takes it.</summary>
    public async Task EndAsync(Func<Caller, bool> fits)
    {
        var ended = _leases.Keys.Where(lease => fits(lease.Caller)).ToList();
        ended.ForEach(static lease => lease.End());
        await Task.WhenAny(Task.WhenAll(ended.Select(static lease => lease.Over)), Task.Delay(LastWords, time));
        ended.ForEach(static lease => lease.Abort());
    }

    private void Leave(string name)
    {
        var left = _counts.AddOrUpdate(name, 0, static (_, count) => count - 1);
        if (left <= 0)
        {
            _counts.TryRemove(new(name, 0));
        }
    }

    /// <summary>One request; disposing it gives the place back.</summary>
    internal sealed class Lease(OpenRequests all, Caller caller, Action abort) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Guards _word and the end of the request: what comes after it on the same connection is another one.
        private readonly Lock _lock = new();
        private CancellationTokenSource? _word;

        public Caller Caller => caller;

        /// <summary>Ends with the request.</summary>
        public Task Over => _over.Task;

        /// <summary>Makes the request one that ends by itself, with a word, soon after this is cancelled.</summary>
        public CancellationToken EndWithWord()
        {
            lock (_lock)
            {
                return (_word ??= new()).Token;
            }
        }

        public void End() => WhileOpen(() =>
        {
            if (_word is { } word)
            {
                _ = word.CancelAsync();
            }
            else
            {
                abort();
            }
        });

        public void Abort() => WhileOpen(abort);

        public void Dispose()
        {
            lock (_lock)
            {
                _over.TrySetResult();
                _word?.Dispose();
            }

            if (all._leases.TryRemove(this, out _))
            {
                all.Leave(caller.Name);
                GatewayMeters.RequestClosed();
            }
        }

        private void WhileOpen(Action end)
        {
            lock (_lock)
            {
                if (!_over.Task.IsCompleted)
                {
                    end();
                }
            }
        }
    }
}
