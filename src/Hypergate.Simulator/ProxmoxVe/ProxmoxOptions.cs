namespace Hypergate.Simulator.ProxmoxVe;

/// <summary>What cluster to simulate, and how it behaves.</summary>
public sealed record ProxmoxOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// <c>lab</c>: two small nodes, one of which does not answer; <c>prod</c>: three nodes, 40 guests; any other name: a cluster of
    /// <see cref="Nodes"/> and <see cref="Guests"/>.
    /// </summary>
    public string Cluster { get; init; } = "lab";

    /// <summary>How many guests a cluster that is neither <c>lab</c> nor <c>prod</c> has, up to 20,000.</summary>
    public int Guests { get; init; } = 2000;

    /// <summary>How many nodes it has, 1 to 32.</summary>
    public int Nodes { get; init; } = 8;

    /// <summary>The same seed makes the same cluster, to the last address.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Factor on the durations of tasks: 1 as long as real ones, 0 none.</summary>
    public double TaskScale { get; init; }

    /// <summary>How often the numbers of <c>/cluster/resources</c> change.</summary>
    public TimeSpan Broadcast { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a refused login is held back.</summary>
    public TimeSpan RefusalDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What <c>/version</c> says.</summary>
    public string Version { get; init; } = "9.2.11";

    /// <summary>Statistics files of the time before 9.0: 30-minute points and fewer keys.</summary>
    public bool OldMetrics { get; init; }

    /// <summary>A file to answer as <c>apidoc.js</c> in the place of the simulator's own description; for development.</summary>
    public string? ApiDocFile { get; init; }

    /// <summary>Texts of guests that try to mislead whoever shows them: control characters, bidirectional text, commands to a model.</summary>
    public bool NastyTexts { get; init; }

    /// <summary>How far the cluster's clock is off.</summary>
    public TimeSpan ClockSkew { get; init; }
}
