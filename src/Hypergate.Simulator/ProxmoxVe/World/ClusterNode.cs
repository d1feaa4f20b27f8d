namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>A node of the cluster.</summary>
internal sealed class ClusterNode
{
    public required string Name { get; init; }

    public required int Number { get; init; }

    public required string Address { get; init; }

    public double Cores { get; init; } = 16;

    public long MaxMemory { get; init; } = 128L << 30;

    public long MaxDisk { get; init; } = 200L << 30;

    /// <summary>How long it had been up when the simulator was started.</summary>
    public TimeSpan UptimeAtStart { get; init; } = TimeSpan.FromDays(20);

    /// <summary>Numbers that are told instead of computed ones.</summary>
    public FixedNodeFigures? Figures { get; init; }

    /// <summary>Whether it answers: one that does not gives 595.</summary>
    public bool Reachable { get; set; } = true;

    /// <summary>Since when it does not answer.</summary>
    public DateTimeOffset? UnreachableSince { get; set; }

    /// <summary>Whether its certificate is known to the node that is asked.</summary>
    public bool FingerprintKnown { get; init; } = true;

    public string SslFingerprint { get; set; } = "";
}

/// <summary>Numbers of a node that never change.</summary>
internal sealed record FixedNodeFigures(double Cpu, long Memory, long Disk, long Uptime);
