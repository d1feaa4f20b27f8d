using Hypergate.Catalog;
using Hypergate.Inventory;
using Hypergate.Results;

namespace Hypergate.Tools.Fleet;

/// <summary>What the fleet tools work with.</summary>
internal sealed record FleetRoom
{
    public required ToolSurroundings Surroundings { get; init; }

    public required PlatformInventory Inventory { get; init; }

    public required OutputSettings Output { get; init; }

    public required FleetSettings Settings { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Makes a text of a platform fit for one line of a preview.</summary>
    public required Func<string, string> Words { get; init; }

    /// <summary>The backends that the fleet tools know, in the order of the settings.</summary>
    public IReadOnlyList<FleetBackend> Backends => field ??=
        [.. Surroundings.Backends.Select(static backend => FleetPlatforms.Find(backend.Kind.Name) is { } platform ? new FleetBackend(backend, platform) : null).OfType<FleetBackend>()];

    public CatalogSnapshot Catalog => Surroundings.Catalog.Current;
}
