using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Guests;

/// <summary><c>list_guest_networks</c>: interfaces with addresses, and where these come from.</summary>
internal static class GuestNetworks
{
    private static readonly string[] Columns = ["backend", "vmid", "name", "interface", "mac", "addresses", "source", "network", "vlan", "node", "guest_id"];

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var bound = request.Arguments.Has("vmids")
            ? await GuestLists.GuestsToReadAsync(request, cancellationToken)
            : await FilteredAsync(request, cancellationToken);
        var set = await request.TableAsync("nics", null, cancellationToken, Bounds.Of(bound));
        var wanted = bound?.Values.Select(static guest => guest.Text).ToHashSet(StringComparer.Ordinal);
        var rows = set.Rows.Where(row => wanted?.Contains(row.Text("guest_id") ?? "") != false).Select(Cells).ToList();
        var numbered = request.Backends.All(static backend => backend.Platform.HasNumbers);
        return new FleetAnswer.Table(numbered ? Columns[1..7] : [.. Columns[1..7], "guest_id"], Columns, rows);
    }

    private static async Task<ColumnBound?> FilteredAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        const int Most = 200;
        var set = await request.TableAsync("guests", ["backend", "id", "status", "type", "node", "pool", "tags", "name", "is_template"], cancellationToken);
        var ids = set.Rows.Where(row => GuestLists.IsWanted(request.Arguments, row)).Select(static row => row["id"]).ToList();
        if (ids.Count > Most)
        {
            request.Warn($"Only the first {Most} of {ids.Count} guests were asked: filter them, or name them with vmids.");
        }

        return new ColumnBound("guest_id", BoundComparison.Equal, [.. ids.Take(Most)]);
    }

    private static Cell[] Cells(RowSet.Row nic) =>
    [
        nic["backend"],
        nic["vmid"],
        nic["guest_name"],
        nic["key"],
        nic["mac"],
        Cell.Of(nic.List("addresses")),
        Cell.Of(Source(nic)),
        nic["network"],
        nic["vlan"],
        nic["node"],
        nic["guest_id"],
    ];

    // Without an answer from inside there is only what is configured.
    private static string Source(RowSet.Row nic) => nic["addresses"].IsNull ? "config" : nic.Text("model") == "veth" ? "lxc" : "agent";
}
