using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Hypergate.Scripting;

/// <summary>Figures of the sandbox.</summary>
internal static class ScriptMeters
{
    private static readonly Meter Meter = new("Hypergate");
    private static readonly ConcurrentDictionary<Counted, bool> Pools = new();

    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("hypergate_sandbox_jobs", description: "Jobs of script workers by kind and result.");
    private static readonly Counter<long> Kills = Meter.CreateCounter<long>("hypergate_sandbox_kills", description: "Script workers ended by force, by reason.");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("hypergate_sandbox_job_seconds", "s", "How long jobs of script workers take, calls included.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("hypergate_sandbox_queue_seconds", "s", "How long jobs wait for a script worker.");

    /// <summary>Script workers by state.</summary>
    public static ObservableUpDownCounter<int> Workers { get; } = Meter.CreateObservableUpDownCounter(
        "hypergate_sandbox_workers", Read, description: "Script workers by state: starting, idle, busy, or paused while a person is asked.");

    /// <summary>Whether scripts are refused for now because workers keep dying.</summary>
    public static ObservableGauge<int> Unhealthy { get; } = Meter.CreateObservableGauge(
        "hypergate_sandbox_unhealthy", static () => Pools.Keys.Any(static pool => pool.IsIll()) ? 1 : 0, description: "1 while scripts are refused because their workers keep dying.");

    /// <summary>Counts the workers of a pool from now on, until what is returned is disposed.</summary>
    public static IDisposable Count(Func<PoolCounts> read, Func<bool> isIll) => new Counted(read, isIll);

    public static void Waited(TimeSpan wait) => Waits.Record(wait.TotalSeconds);

    public static void Done(string kind, string result, TimeSpan took)
    {
        Jobs.Add(1, new("kind", kind), new("result", result));
        Seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }

    public static void Killed(string reason) => Kills.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private static IEnumerable<Measurement<int>> Read()
    {
        var counts = Pools.Keys.Select(static pool => pool.Read()).ToList();
        return
        [
            Of("starting", counts.Sum(static count => count.Starting)), Of("idle", counts.Sum(static count => count.Idle)),
            Of("busy", counts.Sum(static count => count.Busy)), Of("paused", counts.Sum(static count => count.Paused)),
        ];
    }

    private static Measurement<int> Of(string state, int count) => new(count, new KeyValuePair<string, object?>("state", state));

    private sealed class Counted : IDisposable
    {
        public Counted(Func<PoolCounts> read, Func<bool> isIll)
        {
            (Read, IsIll) = (read, isIll);
            Pools[this] = true;
        }

        public Func<PoolCounts> Read { get; }

        public Func<bool> IsIll { get; }

        public void Dispose() => Pools.TryRemove(this, out _);
    }
}
