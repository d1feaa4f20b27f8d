using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary><c>update_vm_config</c> for a VM; its disks are objects of their own.</summary>
internal static class XenOrchestraConfigChange
{
    private const double GiB = 1L << 30;

    public static Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        XenOrchestraValues.Refuse(request, "sockets", "digest");
        var arguments = request.Arguments;
        if (arguments.Has("grow_disk") != arguments.Has("grow_by_gb"))
        {
            throw new FleetException("invalid_arguments", "'grow_disk' and 'grow_by_gb' go together.");
        }

        List<(string Name, Cell Value)> values =
        [
            ("cpus", Cell.Of(arguments.Int("cores"))),
            ("memory", Cell.Of(arguments.Int("memory_mb") << 20)),
            ("nameLabel", Cell.Of(arguments.Text("new_name"))),
            ("nameDescription", Cell.Of(arguments.Text("description"))),
            ("tags", arguments.Has("tags") ? Cell.Of(arguments.Texts("tags")) : Cell.Null),
            ("autoPoweron", Cell.Of(arguments.Flag("on_boot"))),
        ];
        values.RemoveAll(static value => value.Value.IsNull);
        return (arguments.Has("grow_disk"), values.Count > 0) switch
        {
            (true, true) => throw new FleetException("invalid_arguments", "Growing a disk is a change of its own.", "Call once for the disk and once for the rest."),
            (false, false) => throw new FleetException("invalid_arguments", "Nothing is to be changed."),
            (true, false) => GrowAsync(request, guest, cancellationToken),
            _ => UpdateAsync(request, guest, values, cancellationToken),
        };
    }

    private static async Task<FleetAnswer> UpdateAsync(FleetRequest request, FleetGuest guest, List<(string Name, Cell Value)> values, CancellationToken cancellationToken) =>
        await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "PATCH", "/vms/{id}", XenOrchestraValues.Of(guest.Id, [.. values]))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("changed", Cell.Of((IReadOnlyList<string>)[.. values.Select(static value => value.Name)]))]),
            },
            cancellationToken);

    private static async Task<FleetAnswer> GrowAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var key = request.Arguments.Needed("grow_disk");
        var set = await request.TableAsync("disks", ["key", "guest_id", "volume", "size", "is_cdrom", "name"], cancellationToken, Bounds.Of(Bounds.Equal("guest_id", guest.Id)), [guest.Backend], cached: false);
        var disks = set.Rows.Where(row => row.Text("guest_id") == guest.Id && !row.Flag("is_cdrom") && row.Text("volume") is not null).ToList();
        var found = disks.Where(disk => disk.Text("key") == key || disk.Text("volume") == key || disk.Text("name") == key).ToList();
        if (found is not [var only])
        {
            throw new FleetException(found.Count == 0 ? "not_found" : "ambiguous", $"The guest has {(found.Count == 0 ? "no" : "several")} disks '{request.Room.Words(key)}'.", $"It has {string.Join(", ", disks.Select(static disk => disk.Text("key")))}.");
        }

        if (request.Arguments.Number("grow_by_gb") is not (> 0 and <= 65_536 and var gigabytes))
        {
            throw new FleetException("invalid_arguments", "'grow_by_gb' must be above 0: a disk can only grow.");
        }

        var size = (only.Int("size") ?? 0) + (long)(gigabytes * GiB);
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "PATCH", "/vdis/{id}", XenOrchestraValues.Of(only.Text("volume")!, ("size", Cell.Of((long?)size))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [$"Disk {key} has {only.Int("size")} bytes now. A disk cannot be made smaller again."], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("disk", Cell.Of(key)), ("size_bytes", Cell.Of((long?)size))]),
            },
            cancellationToken);
    }
}
