namespace Hypergate.Tools.Fleet.Guests;

/// <summary>What one kind of platform can do to its guests. A member that is null means: it cannot.</summary>
internal sealed record GuestChanges
{
    public required GuestChange State { get; init; }

    public required GuestChange CreateSnapshot { get; init; }

    public required GuestChange DeleteSnapshot { get; init; }

    public required GuestChange RollbackSnapshot { get; init; }

    public required GuestChange Migrate { get; init; }

    public required GuestChange Copy { get; init; }

    public required GuestChange UpdateConfig { get; init; }

    public GuestChange? Backup { get; init; }

    public GuestChange? RunCommand { get; init; }
}

/// <summary>Does one thing to a guest.</summary>
internal delegate Task<FleetAnswer> GuestChange(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken);
