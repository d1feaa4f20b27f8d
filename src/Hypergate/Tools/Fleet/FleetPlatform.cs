using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;
using Hypergate.Tools.Fleet.Storage;

namespace Hypergate.Tools.Fleet;

/// <summary>What the fleet tools do beyond tables on one kind of platform. A member that is null means: this platform has no such thing.</summary>
internal sealed record FleetPlatform
{
    /// <summary>Whether its guests have numbers; else they have a uuid.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>The settings of a cluster as one object.</summary>
    public Func<FleetRequest, FleetBackend, CancellationToken, Task<FleetAnswer>>? ClusterOptions { get; init; }

    /// <summary>Everything about one node as one object, by its name.</summary>
    public required Func<FleetRequest, FleetBackend, string, CancellationToken, Task<FleetAnswer>> NodeStatus { get; init; }

    /// <summary>Of each storage that a node has: whether it is active and enabled there; null where the platform does not tell them apart.</summary>
    public Func<FleetRequest, FleetBackend, string, CancellationToken, Task<IReadOnlyDictionary<string, StorageState>>>? StorageStates { get; init; }

    /// <summary>What is in a resource pool; null where there are none.</summary>
    public Func<FleetRequest, FleetBackend, string, CancellationToken, Task<IReadOnlyList<string>>>? PoolMembers { get; init; }

    /// <summary>Measurements of nodes and guests.</summary>
    public required MetricsSource Metrics { get; init; }

    /// <summary>Identity and rights of the connection as one object.</summary>
    public required Func<FleetRequest, FleetBackend, CancellationToken, Task<FleetAnswer>> Permissions { get; init; }

    /// <summary>A task by its id: state, and log where there is one.</summary>
    public required Func<FleetRequest, FleetBackend, string, int, CancellationToken, Task<Tasks.TaskReport>> Task { get; init; }

    /// <summary>Whether an id looks like one of a task there.</summary>
    public required Func<string, bool> IsTaskId { get; init; }

    /// <summary>The configuration of a guest as one object.</summary>
    public required Func<FleetRequest, FleetGuest, CancellationToken, Task<FleetAnswer>> GuestConfig { get; init; }

    /// <summary>What the guest tells of itself as one object.</summary>
    public required Func<FleetRequest, FleetGuest, CancellationToken, Task<FleetAnswer>> GuestInfo { get; init; }

    /// <summary>What can be done to a guest.</summary>
    public required GuestChanges Guests { get; init; }

    /// <summary>What can be done on a storage; null where the platform's API cannot.</summary>
    public StorageChanges? Storages { get; init; }
}
