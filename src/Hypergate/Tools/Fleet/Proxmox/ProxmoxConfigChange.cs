using System.Globalization;
using Hypergate.Inventory;
using Hypergate.Inventory.Proxmox;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>update_vm_config</c>: changes are bound to the configuration that was read, so that nobody's change is overwritten.</summary>
internal static class ProxmoxConfigChange
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var config = new ProxmoxConfig(await request.Reads(guest.Backend, cached: false).GetAsync(guest.NodePath("/config"), guest.NodeArguments, cancellationToken, TimeSpan.Zero));
        var digest = request.Arguments.Text("digest") ?? config.Item.Text("digest");
        var values = Values(request, guest);
        if (request.Arguments.Has("grow_disk") != request.Arguments.Has("grow_by_gb"))
        {
            throw new FleetException("invalid_arguments", "'grow_disk' and 'grow_by_gb' go together.");
        }

        return (request.Arguments.Has("grow_disk"), values.Count > 0) switch
        {
            (true, true) => throw new FleetException("invalid_arguments", "Growing a disk is a change of its own.", "Call once for the disk and once for the rest."),
            (false, false) => throw new FleetException("invalid_arguments", "Nothing is to be changed."),
            (true, false) => await GrowAsync(request, guest, config, digest, cancellationToken),
            _ => await UpdateAsync(request, guest, config, [.. values, ("digest", Cell.Of(digest))], cancellationToken),
        };
    }

    private static List<(string Name, Cell Value)> Values(FleetRequest request, FleetGuest guest)
    {
        var arguments = request.Arguments;
        if (guest.IsContainer && arguments.Has("sockets"))
        {
            throw new FleetException("invalid_arguments", "A container has no sockets.", "Give cores.");
        }

        List<(string Name, Cell Value)> values =
        [
            ("cores", Cell.Of(arguments.Int("cores"))),
            ("sockets", Cell.Of(arguments.Int("sockets"))),
            ("memory", Cell.Of(arguments.Int("memory_mb"))),
            (guest.IsContainer ? "hostname" : "name", Cell.Of(arguments.Text("new_name"))),
            ("description", Cell.Of(arguments.Text("description"))),
            ("tags", arguments.Has("tags") ? Cell.Of(string.Join(';', arguments.Texts("tags"))) : Cell.Null),
            ("onboot", Cell.Of(arguments.Flag("on_boot"))),
        ];
        return [.. values.Where(static value => !value.Value.IsNull)];
    }

    private static async Task<FleetAnswer> UpdateAsync(
        FleetRequest request, FleetGuest guest, ProxmoxConfig config, IReadOnlyList<(string Name, Cell Value)> values, CancellationToken cancellationToken)
    {
        var facts = values.Where(static value => value.Name != "digest").Select(value => $"{value.Name}: now {config.Item.Text(value.Name) ?? "not set"}.");
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "PUT", guest.NodePath("/config"), GuestSubject.NodeValues(guest, [.. values]))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [.. facts], cancellationToken),
                After = async _ => [("changed", Cell.Of((IReadOnlyList<string>)[.. values.Select(static value => value.Name).Where(static name => name != "digest")])), ("pending", Cell.Of(await PendingAsync(request, guest, cancellationToken)))],
            },
            cancellationToken);
    }

    private static async Task<FleetAnswer> GrowAsync(FleetRequest request, FleetGuest guest, ProxmoxConfig config, string? digest, CancellationToken cancellationToken)
    {
        var key = request.Arguments.Needed("grow_disk");
        var disks = config.Disks.Where(static disk => disk.Value.Text("media") != "cdrom" && !disk.Key.StartsWith("unused", StringComparison.Ordinal)).ToList();
        if (disks.Find(disk => disk.Key == key) is not { Value: { } disk })
        {
            throw new FleetException("not_found", $"The guest has no disk '{request.Room.Words(key)}'.", $"It has {string.Join(", ", disks.Select(static disk => disk.Key))}.");
        }

        if (request.Arguments.Number("grow_by_gb") is not (> 0 and <= 65_536 and var gigabytes))
        {
            throw new FleetException("invalid_arguments", "'grow_by_gb' must be above 0: a disk can only grow.");
        }

        // The platform takes whole and broken numbers; megabytes are whole in any case.
        var size = gigabytes == Math.Floor(gigabytes)
            ? string.Create(CultureInfo.InvariantCulture, $"+{gigabytes:0}G")
            : string.Create(CultureInfo.InvariantCulture, $"+{Math.Ceiling(gigabytes * 1024):0}M");
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "PUT", guest.NodePath("/resize"), GuestSubject.NodeValues(guest, ("disk", Cell.Of(key)), ("size", Cell.Of(size)), ("digest", Cell.Of(digest))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [$"{key} has {disk.Text("size") ?? "an unknown size"} now."], cancellationToken),
                After = _ => Task.FromResult<IReadOnlyList<(string, Cell)>>([("disk", Cell.Of(key)), ("grown_by", Cell.Of(size))]),
            },
            cancellationToken);
    }

    // What a running guest does not take over waits for its restart.
    private static async Task<IReadOnlyList<string>> PendingAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var pending = await request.Reads(guest.Backend, cached: false).TryGetAsync(guest.NodePath("/pending"), guest.NodeArguments, cancellationToken, TimeSpan.Zero);
        return [.. pending.Elements().Where(static item => item.Text("pending") is not null).Select(static item => item.Text("key")).OfType<string>()];
    }
}
