using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Inventory.XenOrchestra;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>What several tools need of Xen Orchestra.</summary>
internal static class XenOrchestraValues
{
    /// <summary>Values of a call below one object: its id, and what goes into the body.</summary>
    public static IReadOnlyList<(string Name, Cell Value)> Of(string id, params IReadOnlyList<(string Name, Cell Value)> body) => [("id", Cell.Of(id)), .. body];

    /// <summary>The id of a host by its name.</summary>
    public static async Task<string> HostAsync(FleetRequest request, FleetBackend backend, string name, CancellationToken cancellationToken)
    {
        var (found, node) = await Nodes.NodeTools.FindAsync(request, name, cancellationToken);
        if (found.Name != backend.Name)
        {
            throw new FleetException("invalid_arguments", $"Host '{node}' is of backend {found.Name}, not of {backend.Name}.");
        }

        var hosts = await new XenOrchestraWorld(request.Reads(backend), cancellationToken).HostsAsync();
        return hosts.First(host => XenOrchestraWorld.HostName(host) == node || host.Text("uuid") == name).Text("uuid")!;
    }

    /// <summary>The id of a storage repository by its name or id.</summary>
    public static async Task<string> StorageAsync(FleetRequest request, FleetBackend backend, string name, CancellationToken cancellationToken)
    {
        var storages = await new XenOrchestraWorld(request.Reads(backend), cancellationToken).StoragesAsync();
        var found = storages.Where(storage => storage.Text("name_label") == name || storage.Text("uuid") == name).ToList();
        return found switch
        {
            [var only] => only.Text("uuid")!,
            [] => throw new FleetException("not_found", $"There is no storage repository '{request.Room.Words(name)}'.", "list_storage shows what there is."),
            _ => throw new FleetException("ambiguous", $"'{request.Room.Words(name)}' is {found.Count} storage repositories.", "Give its id, from list_storage with detail_level Full."),
        };
    }

    /// <summary>Refuses arguments that mean nothing on this platform.</summary>
    public static void Refuse(FleetRequest request, params IReadOnlyList<string> names)
    {
        var given = names.Where(name => request.Arguments.Has(name) && request.Arguments.Flag(name) != false).ToList();
        if (given.Count > 0)
        {
            throw new FleetException("unsupported", $"Xen Orchestra has no {string.Join(", ", given.Select(static name => $"'{name}'"))} here.", "Leave it out.");
        }
    }
}
