namespace Hypergate.Simulator.Faults;

/// <summary>Something that goes wrong on some requests of a platform.</summary>
public abstract record RequestFault
{
    /// <summary>
    /// Which paths, without the query, as the platform counts them: <c>/vms/*/actions/start</c> below <c>/rest/v0</c> of Xen Orchestra,
    /// <c>/nodes/*/qemu/*/status/start</c> below <c>/api2/json</c> of Proxmox VE, whole ones of PXCloud. <c>*</c> is one segment or a part of
    /// one, <c>**</c> any number.
    /// </summary>
    public string Path { get; init; } = "**";

    /// <summary>Which method, in capitals; null: all.</summary>
    public string? Method { get; init; }

    /// <summary>How many requests it hits before it is gone; null: all.</summary>
    public int? Times { get; init; }

    /// <summary>The share of requests that it hits, 0 to 1; the choice is deterministic for a seed.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it hits requests at all, and not what they start.</summary>
    internal virtual bool IsOfRequests => true;
}
