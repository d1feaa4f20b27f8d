namespace Hypergate.Simulator;

/// <summary>What data centre to simulate.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int XoPort { get; init; }

    /// <summary>How many VMs the three pools hold together, 10 to 20,000.</summary>
    public int Vms { get; init; } = 200;

    /// <summary>The same seed makes the same data centre, to the last id.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>How long a read still shows the old object after a write.</summary>
    public TimeSpan CacheLag { get; init; } = TimeSpan.FromMilliseconds(200);
}
