using System.Diagnostics.Metrics;

namespace Hypergate.Scripting;

/// <summary>Figures of the sandbox.</summary>
internal static class ScriptMeters
{
    private static readonly Meter Meter = new("Hypergate");
    private static readonly UpDownCounter<int> Workers = Meter.CreateUpDownCounter<int>("hypergate_sandbox_workers", description: "Script workers that run.");
    private static readonly UpDownCounter<int> PausedRuns = Meter.CreateUpDownCounter<int>("hypergate_sandbox_paused", description: "Script workers held by runs that wait for consent.");
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("hypergate_sandbox_jobs", description: "Jobs of script workers by kind and result.");
    private static readonly Counter<long> Kills = Meter.CreateCounter<long>("hypergate_sandbox_kills", description: "Script workers ended by force, by reason.");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("hypergate_sandbox_job_seconds", "s", "How long jobs of script workers take, calls included.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("hypergate_sandbox_queue_seconds", "s", "How long jobs wait for a script worker.");

    public static void Started() => Workers.Add(1);

    public static void Ended() => Workers.Add(-1);

    public static void Paused() => PausedRuns.Add(1);

    public static void Resumed() => PausedRuns.Add(-1);

    public static void Waited(TimeSpan wait) => Waits.Record(wait.TotalSeconds);

    public static void Done(string kind, string result, TimeSpan took)
    {
        Jobs.Add(1, new("kind", kind), new("result", result));
        Seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }

    public static void Killed(string reason) => Kills.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
