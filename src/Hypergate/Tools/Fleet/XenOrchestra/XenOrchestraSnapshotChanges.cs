using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Schemas;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>Creates, deletes and reverts to snapshots of a VM. Snapshots may share a name: then their uuid is the name.</summary>
internal static class XenOrchestraSnapshotChanges
{
    private const int LongestName = 100;

    public static async Task<FleetAnswer> CreateAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        XenOrchestraValues.Refuse(request, "include_vm_state");
        var name = request.Arguments.Needed("snapshot_name");
        if (name.Trim().Length == 0 || name.Length > LongestName)
        {
            throw new FleetException("invalid_arguments", $"'snapshot_name' must have 1 to {LongestName} characters.");
        }

        if (request.Arguments.Has("description"))
        {
            request.Warn("Xen Orchestra takes no description for a snapshot: it is left out.");
        }

        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", "/vms/{id}/actions/snapshot", XenOrchestraValues.Of(guest.Id, ("name_label", Cell.Of(name))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [], cancellationToken),
                After = end => Task.FromResult<IReadOnlyList<(string, Cell)>>([("snapshot_name", Cell.Of(name)), ("snapshot_id", Cell.Of(end.Value.Text("id")))]),
            },
            cancellationToken);
    }

    public static async Task<FleetAnswer> DeleteAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var snapshot = await FindAsync(request, guest, cancellationToken);
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "DELETE", "/vm-snapshots/{id}", XenOrchestraValues.Of(snapshot.Id))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: true, [$"The state of {snapshot.Date} is lost for good."], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("snapshot_name", Cell.Of(snapshot.Name)), ("snapshot_id", Cell.Of(snapshot.Id))]),
            },
            cancellationToken);
    }

    public static async Task<FleetAnswer> RollbackAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var snapshot = await FindAsync(request, guest, cancellationToken);
        if (request.Arguments.Flag("start") == true)
        {
            request.Warn("Xen Orchestra leaves the guest as the snapshot has it: start it with change_vm_state.");
        }

        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", "/vms/{id}/actions/revert_snapshot", XenOrchestraValues.Of(guest.Id, ("snapshotId", Cell.Of(snapshot.Id))))
            {
                Subject = await GuestSubject.OfAsync(
                    request, guest, harms: true, [$"Everything on its disks since {snapshot.Date} is lost.", .. guest.IsRunning ? ["The running guest is stopped."] : Array.Empty<string>()], cancellationToken),
                After = async _ =>
                [
                    ("was_running", Cell.Of(guest.IsRunning)),
                    ("running_after", Cell.Of((await request.Reads(guest.Backend, cached: false).TryGetAsync("/vms/{id}", [("id", guest.Id)], cancellationToken, TimeSpan.Zero)).Text("power_state") == "Running")),
                ],
            },
            cancellationToken);
    }

    private static async Task<(string Id, string Name, string Date)> FindAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var asked = request.Arguments.Needed("snapshot_name");
        var set = await request.TableAsync(
            "snapshots", ["id", "name", "guest_id", "created"], cancellationToken, Bounds.Of(Bounds.Equal("guest_id", guest.Id)), [guest.Backend], cached: false);
        var all = set.Rows.Where(row => row.Text("guest_id") == guest.Id)
            .Select(static row => (Id: row.Text("id")!, Name: row.Text("name") ?? "", Date: row.Time("created") is { } time ? Results.Rows.CellJson.Moment(time) : "an unknown time")).ToList();
        var found = all.Where(snapshot => snapshot.Name == asked || snapshot.Id == asked).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new FleetException(
                "not_found",
                $"Guest {request.Room.Words(guest.Label)} has no snapshot '{request.Room.Words(asked)}'." + (NearestName.Find(asked, all.Select(static snapshot => snapshot.Name)) is { } near ? $" Did you mean '{request.Room.Words(near)}'?" : ""),
                all.Count > 0 ? $"It has {string.Join(", ", all.Select(snapshot => request.Room.Words(snapshot.Name)))}." : "It has none."),
            _ => throw new FleetException("ambiguous", $"The guest has {found.Count} snapshots '{request.Room.Words(asked)}': {string.Join(", ", found.Select(static snapshot => $"{snapshot.Id} of {snapshot.Date}"))}.", "Give the id as snapshot_name."),
        };
    }
}
