using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;
using Hypergate.Inventory.Tables;
using Hypergate.Schemas;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary>Creates, deletes and rolls back to snapshots.</summary>
internal static partial class ProxmoxSnapshotChanges
{
    public static async Task<FleetAnswer> CreateAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var name = request.Arguments.Needed("snapshot_name");
        if (name == ProxmoxSnapshots.Present || !GoodName().IsMatch(name))
        {
            throw new FleetException("invalid_arguments", "'snapshot_name' must be 2 to 40 letters, digits, _ and -, a letter first, and not 'current'.");
        }

        var memory = request.Arguments.Flag("include_vm_state") == true;
        if (memory && (guest.IsContainer || !guest.IsRunning))
        {
            throw new FleetException("wrong_state", guest.IsContainer ? "A snapshot of a container cannot hold its memory." : $"The guest is {guest.Status}: there is no memory to keep.", "Leave include_vm_state out.");
        }

        var snapshots = await ListAsync(request, guest, cancellationToken);
        if (snapshots.Exists(snapshot => snapshot.Text("name") == name))
        {
            throw new FleetException("exists", $"The guest already has a snapshot '{name}'.", "Choose another name.");
        }

        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", guest.NodePath("/snapshot"), GuestSubject.NodeValues(
                guest,
                ("snapname", Cell.Of(name)),
                ("description", Cell.Of(request.Arguments.Text("description"))),
                ("vmstate", memory ? Cell.Of(true) : Cell.Null)))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("snapshot_name", Cell.Of(name))]),
            },
            cancellationToken);
    }

    public static async Task<FleetAnswer> DeleteAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var (snapshot, snapshots) = await FindAsync(request, guest, cancellationToken);
        var name = snapshot.Text("name")!;
        var children = snapshots.Where(other => other.Text("parent") == name && other.Text("name") != ProxmoxSnapshots.Present).Select(static other => other.Text("name")).ToList();
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "DELETE", guest.NodePath("/snapshot/{snapname}"), GuestSubject.NodeValues(guest, ("snapname", Cell.Of(name))))
            {
                Subject = await GuestSubject.OfAsync(
                    request, guest, harms: true, [$"The state of {Date(snapshot)} is lost for good.", .. children.Count > 0 ? [$"Later snapshots stay: {string.Join(", ", children)}."] : Array.Empty<string>()], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("snapshot_name", Cell.Of(name))]),
            },
            cancellationToken);
    }

    public static async Task<FleetAnswer> RollbackAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var (snapshot, snapshots) = await FindAsync(request, guest, cancellationToken);
        var name = snapshot.Text("name")!;
        var newer = snapshots.Where(other => other.Text("name") != ProxmoxSnapshots.Present && other.Number("snaptime") > snapshot.Number("snaptime")).Select(static other => other.Text("name")).ToList();
        List<string> facts =
        [
            $"Everything on its disks since {Date(snapshot)} is lost.",
            .. guest.IsRunning ? ["The running guest is stopped first."] : Array.Empty<string>(),
            .. newer.Count > 0 ? [$"Newer snapshots: {string.Join(", ", newer)}. On ZFS only the newest snapshot can be rolled back to."] : Array.Empty<string>(),
        ];
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", guest.NodePath("/snapshot/{snapname}/rollback"), GuestSubject.NodeValues(
                guest, ("snapname", Cell.Of(name)), ("start", request.Arguments.Flag("start") == true ? Cell.Of(true) : Cell.Null)))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: true, facts, cancellationToken),
                After = async _ => [("was_running", Cell.Of(guest.IsRunning)), ("running_after", Cell.Of(await IsRunningAsync(request, guest, cancellationToken)))],
            },
            cancellationToken);
    }

    private static async Task<bool?> IsRunningAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken) =>
        (await request.Reads(guest.Backend, cached: false).TryGetAsync(guest.NodePath("/status/current"), guest.NodeArguments, cancellationToken, TimeSpan.Zero)).Name("status") is { } status
            ? status == "running"
            : null;

    // The platform accepts a missing snapshot and lets its task fail.
    private static async Task<(JsonElement Snapshot, List<JsonElement> All)> FindAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var name = request.Arguments.Needed("snapshot_name");
        var snapshots = await ListAsync(request, guest, cancellationToken);
        var names = snapshots.Select(static snapshot => snapshot.Text("name")).OfType<string>().Where(static known => known != ProxmoxSnapshots.Present).ToList();
        if (!names.Contains(name))
        {
            throw new FleetException(
                "not_found",
                $"Guest {request.Room.Words(guest.Label)} has no snapshot '{request.Room.Words(name)}'." + (NearestName.Find(name, names) is { } near ? $" Did you mean '{near}'?" : ""),
                names.Count > 0 ? $"It has {string.Join(", ", names)}." : "It has none.");
        }

        return (snapshots.First(snapshot => snapshot.Text("name") == name), snapshots);
    }

    private static async Task<List<JsonElement>> ListAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken) =>
        [.. (await request.Reads(guest.Backend, cached: false).GetAsync(guest.NodePath("/snapshot"), guest.NodeArguments, cancellationToken, TimeSpan.Zero)).Elements()];

    private static string Date(JsonElement snapshot) =>
        Moments.OfSeconds(snapshot.Number("snaptime")) is { } time ? Results.Rows.CellJson.Moment(time) : "the snapshot";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{1,39}$", RegexOptions.None, 1_000)]
    private static partial Regex GoodName();
}
