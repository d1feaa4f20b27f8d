namespace Hypergate.Simulator;

/// <summary>What data centre to simulate, and how it behaves.</summary>
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

    /// <summary>Factor on the durations of actions: 1 takes about 200 ms for most, 0 none, 10 makes them slow enough to watch.</summary>
    public double TaskDuration { get; init; } = 1;

    /// <summary>The administrator's MCP switch at the start; <c>XoSimulator.McpEnabled</c> turns it later.</summary>
    public bool McpEnabled { get; init; } = true;

    /// <summary>For so long after the start requests are accepted and never answered.</summary>
    public TimeSpan HangAtStart { get; init; }

    /// <summary>For so long after that every credential is refused.</summary>
    public TimeSpan RefuseAtStart { get; init; }

    /// <summary>How often an event stream says <c>ping</c>.</summary>
    public TimeSpan EventPing { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many unread bytes an event stream may pile up before it is cut.</summary>
    public int EventQueueBytes { get; init; } = 20_000_000;

    /// <summary>Whether to speak HTTPS, and what is wrong with the certificate.</summary>
    public SimulatorTls Tls { get; init; } = SimulatorTls.Off;
}
