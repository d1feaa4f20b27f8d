namespace Hypergate.Tools.Fleet.Storage;

/// <summary>What one kind of platform can do on its storages. A member that is null means: it cannot.</summary>
internal sealed record StorageChanges
{
    /// <summary>Fetches an image from an address; the storage is found already.</summary>
    public Func<FleetRequest, IReadOnlyList<StorageLookup.Place>, CancellationToken, Task<FleetAnswer>>? Download { get; init; }

    /// <summary>Deletes a volume; it was seen to be there, and of its kind.</summary>
    public required Func<FleetRequest, FleetBackend, RowSet.Row, CancellationToken, Task<FleetAnswer>> Delete { get; init; }

    /// <summary>Whether backups can be deleted as other volumes can.</summary>
    public bool DeletesBackups { get; init; }
}
