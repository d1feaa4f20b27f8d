namespace Hypergate.Simulator.PxCloud;

/// <summary>What PXCloud to simulate, and how it behaves.</summary>
public sealed record PxCloudOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// How many machines its largest cluster has, up to 20,000. 0: it manages the clusters <c>lab</c> and <c>prod</c> as the simulated
    /// Proxmox VE knows them at its start, and a small vSphere.
    /// </summary>
    public int Vms { get; init; }

    /// <summary>The same seed makes the same data centre, to the last id.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Factor on the durations of tasks: 1 as long as real ones, 0 none.</summary>
    public double TaskScale { get; init; }

    /// <summary>How long the token of a login is good.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the answer of a login tells its end; else only the token itself does.</summary>
    public bool TellsExpiry { get; init; } = true;

    /// <summary>Whether the description is shown to those who are signed in alone.</summary>
    public bool DescriptionNeedsLogin { get; init; }

    /// <summary>Whether to speak HTTPS, with a certificate that nobody has signed.</summary>
    public bool Tls { get; init; }

    /// <summary>Texts of guests that try to mislead whoever shows them.</summary>
    public bool NastyTexts { get; init; }
}
