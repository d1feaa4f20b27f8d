using System.Globalization;

namespace Hypergate.Backends;

/// <summary>
/// Lets so many requests to one platform through at a time. Who comes too many waits; callers take turns, so that whoever asks for much
/// keeps nobody else waiting for all of it.
/// </summary>
internal sealed class PlatformGate(string backend, BackendSettingsLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new(); // Guards all below: requests come on many threads.
    private readonly Dictionary<string, LinkedList<Waiter>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _open;
    private int _queued;
    private long _nextAt = long.MinValue;

    /// <summary>Waits for a place; disposing it gives it back.</summary>
    /// <exception cref="PlatformBusyException">Too many wait already, or it took too long.</exception>
    public async ValueTask<Place> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        if (Join(caller) is { } waiter)
        {
            await WaitAsync(waiter, cancellationToken);
        }

        var place = new Place(this);
        if (limits.PerSecond is { } rate && Pause(rate) is var pause && pause > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(pause, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                place.Dispose();
                throw;
            }
        }

        return place;
    }

    // Null where there is a place at once.
    private Waiter? Join(string caller)
    {
        lock (_lock)
        {
            if (_open < limits.AtOnce)
            {
                _open++;
                return null;
            }

            if (_queued >= limits.Queue)
            {
                throw Busy($"and {Number(_queued)} more wait");
            }

            var waiter = new Waiter(caller);
            if (!_waiting.TryGetValue(caller, out var line))
            {
                _waiting[caller] = line = new();
                _turns.Enqueue(caller);
            }

            line.AddLast(waiter);
            _queued++;
            return waiter;
        }
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Turn.Task.WaitAsync(TimeSpan.FromSeconds(limits.QueueSeconds), time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Its turn may have come at the last moment; then the place goes to the next.
            if (!Leave(waiter))
            {
                Release();
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw Busy($"and none ended within {Number(limits.QueueSeconds)} s");
        }
    }

    private bool Leave(Waiter waiter)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(waiter.Caller, out var line) || !line.Remove(waiter))
            {
                return false;
            }

            _queued--;
            return true;
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var caller))
            {
                var line = _waiting[caller];
                if (line.First is not { } first)
                {
                    _waiting.Remove(caller);
                    continue;
                }

                line.RemoveFirst();
                _queued--;
                _turns.Enqueue(caller);
                first.Value.Turn.SetResult();
                return;
            }

            _open--;
        }
    }

    private TimeSpan Pause(int rate)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var at = Math.Max(now, _nextAt);
            _nextAt = at + (time.TimestampFrequency / rate);
            return TimeSpan.FromSeconds((double)(at - now) / time.TimestampFrequency);
        }
    }

    private PlatformBusyException Busy(string why) =>
        new($"'{backend}' is busy: {Number(limits.AtOnce)} requests of this gateway are under way there, {why}. Nothing was sent. Try again in {Number(limits.QueueSeconds)} s.");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One request under way.</summary>
    internal sealed class Place(PlatformGate gate) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                gate.Release();
            }
        }
    }

    private sealed class Waiter(string caller)
    {
        public string Caller => caller;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A request was not sent, because too many others are under way.</summary>
/// <param name="message">Which platform, and when to come back.</param>
internal sealed class PlatformBusyException(string message) : Exception(message);
