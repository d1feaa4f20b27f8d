namespace Hypergate.Scripting;

/// <summary>Keeps one worker warm for the next job, and sends away those that nobody has used for long.</summary>
/// <param name="ledger">Knows them.</param>
/// <param name="start">Starts a worker.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerCare(PoolLedger ledger, Func<CancellationToken, Task<ScriptWorker>> start, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Tidying = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleForOne = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleForAll = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new(); // Guards the timer, which the first worker starts.
    private ITimer? _tidy;

    /// <summary>Starts a worker where there are not enough.</summary>
    /// <param name="end">Cancelled with the pool.</param>
    public async Task WarmUpAsync(CancellationToken end)
    {
        if (!ledger.TryExpect())
        {
            return;
        }

        ScriptWorker? worker = null;
        try
        {
            worker = await start(end);
        }
        catch (Exception exception) when (exception is SandboxException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever wants a worker is told then.
        }

        ledger.Arrived(worker);
        ledger.Serve();
    }

    /// <summary>From now on idle workers are sent away after a while.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _tidy ??= time.CreateTimer(_ => ledger.Shrink(static idle => idle >= IdleForAll ? 0 : idle >= IdleForOne ? 1 : int.MaxValue), null, Tidying, Tidying);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _tidy?.Dispose();
        }
    }
}
