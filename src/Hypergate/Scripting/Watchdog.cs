namespace Hypergate.Scripting;

/// <summary>
/// Watches a worker during one job and ends its process when it takes too much. Long functions of an engine cannot be interrupted from
/// inside; this is what holds them. Times count processor time as well, so that a busy machine is no offence.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    private const int Leniency = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _end = new();
    private readonly WorkerConnection _connection;
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly long _mostBytes;
    private readonly string _code;
    private readonly Task _watching;
    private long _heardAt;
    private TimeSpan _heardProcessor;

    /// <param name="connection">The worker.</param>
    /// <param name="silence">How long it may go on without a sign.</param>
    /// <param name="code">What it is called when it does not.</param>
    /// <param name="mostBytes">Of its working set.</param>
    /// <param name="time">The clock.</param>
    public Watchdog(WorkerConnection connection, TimeSpan silence, string code, long mostBytes, TimeProvider time)
    {
        (_connection, _silence, _code, _mostBytes, _time) = (connection, silence, code, mostBytes, time);
        _heardProcessor = connection.Usage().Processor;
        Hear();
        _watching = WatchAsync();
    }

    /// <summary>Why it has ended the worker; null where it has not.</summary>
    public SandboxException? Verdict { get; private set; }

    /// <summary>The worker has given a sign of life.</summary>
    public void Hear() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var seen = Volatile.Read(ref _heardAt);
        while (Verdict is null)
        {
            await Task.Delay(Interval, _time, _end.Token);
            var usage = _connection.Usage();
            if (seen != Volatile.Read(ref _heardAt))
            {
                (seen, _heardProcessor) = (Volatile.Read(ref _heardAt), usage.Processor);
            }

            Verdict = Judge(usage, _time.GetElapsedTime(seen));
        }

        _connection.Kill();
    }

    private SandboxException? Judge(WorkerUsage usage, TimeSpan silent)
    {
        if (usage.Bytes > _mostBytes)
        {
            return new("memory_limit", $"It took more than {_mostBytes >> 20} MB.");
        }

        var worked = usage.Processor - _heardProcessor;
        return silent > _silence * Leniency || (silent > _silence && worked > _silence * 0.75)
            ? new(_code, $"It ran for more than {_silence.TotalSeconds:0.#} s without an end in sight.")
            : null;
    }
}
