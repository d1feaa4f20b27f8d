namespace Hypergate.Scripting;

/// <summary>Keeps one worker warm for the next job, and sends away those that nobody has used for long.</summary>
/// <param name="stock">The workers.</param>
/// <param name="gate">The lock of the pool, which guards them.</param>
/// <param name="start">Starts a worker.</param>
/// <param name="serve">Tells the pool that a worker is there.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerCare(WorkerStock stock, Lock gate, Func<CancellationToken, Task<ScriptWorker>> start, Action serve, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Tidying = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleForOne = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleForAll = TimeSpan.FromMinutes(30);

    private ITimer? _tidy;

    /// <summary>Starts a worker where there is none and nobody waits for one either.</summary>
    /// <param name="most">How many there may be.</param>
    /// <param name="end">Cancelled with the pool.</param>
    public async Task WarmUpAsync(int most, CancellationToken end)
    {
        lock (gate)
        {
            if (stock.Alive >= most || end.IsCancellationRequested)
            {
                return;
            }

            stock.Expect();
        }

        ScriptWorker? worker = null;
        try
        {
            worker = await start(CancellationToken.None);
        }
        catch (Exception exception) when (exception is SandboxException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever wants a worker is told then.
        }

        lock (gate)
        {
            if (worker is null)
            {
                stock.Lose();
            }
            else
            {
                stock.PutBack(worker, time.GetTimestamp());
            }

            if (end.IsCancellationRequested)
            {
                stock.Shrink(0);
            }
        }

        serve();
    }

    /// <summary>From now on idle workers are sent away after a while.</summary>
    public void Begin()
    {
        lock (gate)
        {
            _tidy ??= time.CreateTimer(_ => Tidy(), null, Tidying, Tidying);
        }
    }

    public void Dispose() => _tidy?.Dispose();

    private void Tidy()
    {
        lock (gate)
        {
            var idle = time.GetElapsedTime(stock.UsedAt);
            stock.Shrink(idle >= IdleForAll ? 0 : idle >= IdleForOne ? 1 : int.MaxValue);
        }
    }
}
