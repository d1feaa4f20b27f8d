namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>Makes the cluster that the options ask for.</summary>
internal static class ClusterSeed
{
    public static Cluster Make(ProxmoxOptions options, TimeProvider time)
    {
        var cluster = new Cluster(options.Cluster, options.ClockSkew == TimeSpan.Zero ? time : new SkewedTime(time, options.ClockSkew), options);
        if (options.Cluster == "lab")
        {
            LabSeed.Fill(cluster);
        }
        else
        {
            ProdSeed.Fill(cluster, options);
        }

        Broadcast.Refresh(cluster);
        return cluster;
    }

    /// <summary>A clock that is off, and otherwise runs like the one it is made from.</summary>
    private sealed class SkewedTime(TimeProvider time, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
