using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet.Storage;

/// <summary>Finds storages by their exact names.</summary>
internal static class StorageLookup
{
    /// <summary>Where a storage can be used: one place for each node that has it.</summary>
    internal sealed record Place(FleetBackend Backend, string Name, string? Node, bool IsShared, bool IsAvailable, IReadOnlyList<string> Content);

    /// <exception cref="FleetException">No asked backend has that storage.</exception>
    public static async Task CheckAsync(FleetRequest request, string name, CancellationToken cancellationToken)
    {
        var places = await AllAsync(request, cancellationToken);
        if (places.TrueForAll(place => place.Name != name))
        {
            throw Unknown(request, name, places);
        }
    }

    /// <summary>The places of a storage on the one backend that has it.</summary>
    public static async Task<IReadOnlyList<Place>> FindAsync(FleetRequest request, string name, CancellationToken cancellationToken)
    {
        var places = await AllAsync(request, cancellationToken);
        var found = places.Where(place => place.Name == name).ToList();
        if (found.Count == 0)
        {
            throw Unknown(request, name, places);
        }

        var backends = found.Select(static place => place.Backend.Name).Distinct(StringComparer.Ordinal).ToList();
        return backends is [_]
            ? found
            : throw new FleetException("ambiguous", $"'{name}' is a storage of {string.Join(", ", backends)}.", "Name the backend.");
    }

    private static async Task<List<Place>> AllAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync("storages", ["backend", "name", "node", "status", "is_shared", "content"], cancellationToken);
        return [.. set.Rows.Select(row => new Place(
            request.Find(row.Text("backend")!), row.Text("name") ?? "", row.Text("node"), row.Flag("is_shared"), row.Text("status") == "available", row.List("content")))];
    }

    private static FleetException Unknown(FleetRequest request, string name, List<Place> places)
    {
        var names = places.Select(static place => place.Name).Distinct(StringComparer.Ordinal).ToList();
        return new FleetException(
            "not_found",
            $"There is no storage '{request.Room.Words(name)}' that this connection can see." + (NearestName.Find(name, names) is { } near ? $" Did you mean '{near}'?" : "")
                + (request.Warnings.Count > 0 ? $" {string.Join(" ", request.Warnings)}" : ""),
            "list_storage shows what there is.");
    }
}
