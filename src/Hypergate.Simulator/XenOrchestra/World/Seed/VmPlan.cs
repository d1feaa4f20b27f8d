namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>What makes one VM, template or control domain differ from the next.</summary>
internal sealed record VmPlan
{
    /// <summary><c>VM</c>, <c>VM-template</c> or <c>VM-controller</c>.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required string Pool { get; init; }

    /// <summary>Where it prefers to run, if it minds.</summary>
    public string? Affinity { get; init; }

    /// <summary>Where it runs: a host while it runs, else its pool.</summary>
    public required string Container { get; init; }

    public required string State { get; init; }

    public required GuestSystem System { get; init; }

    public int Cpus { get; init; } = 2;

    public long Memory { get; init; } = 4L << 30;

    /// <summary>Whether the guest tools are installed: without them nothing is known of the guest.</summary>
    public bool Tools { get; init; }

    public string Address { get; init; } = "";

    public bool AutoPowerOn { get; init; }

    public string HighAvailability { get; init; } = "";

    public string[] Tags { get; init; } = [];

    /// <summary>In seconds.</summary>
    public long Installed { get; init; }

    /// <summary>In seconds; kept while it is halted, for its next start.</summary>
    public long Started { get; init; }
}
