using Hypergate.Catalog;
using Hypergate.Inventory;

namespace Hypergate.Tools.Fleet;

/// <summary>What of one backend exists for an audience, in the words of the fleet tools.</summary>
internal sealed class FleetOffer(FleetRoom room, FleetBackend backend, CatalogSnapshot catalog)
{
    /// <summary>Whether a tool finds there what it needs.</summary>
    public bool Has(FleetTool tool) => tool.Changes.Count > 0
        ? tool.Changes.Any(change => Has(change.Method, change.Path))
        : IsForAll || ((tool.Tables.Count == 0 || tool.Tables.Any(Has)) && (tool.Reads.Count == 0 || tool.Reads.Any(path => Has("GET", path))));

    /// <summary>Whether a table of it can be read.</summary>
    public bool Has(string table) =>
        InventoryPlatforms.Find(backend.Backend.Kind.Name) is { } platform && platform.Tables.ContainsKey(table) && platform.Missing(table, path => Has("GET", path)) is null;

    // Where nothing is hidden, a tool for what the platform does not have says so.
    private bool IsForAll => Policy is { Rights: null, HidesByName: false };

    private Governance.Authorization.OperationPolicy Policy => room.Surroundings.Policies[backend.Name];

    private bool Has(string method, string path) => catalog.FindRoute(backend.Name, method, path) is { } operation && Policy.Shows(operation);
}
