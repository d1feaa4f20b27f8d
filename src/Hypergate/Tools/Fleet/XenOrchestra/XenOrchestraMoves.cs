using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Inventory.XenOrchestra;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>Migrates and clones VMs.</summary>
internal static class XenOrchestraMoves
{
    public static async Task<FleetAnswer> MigrateAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        XenOrchestraValues.Refuse(request, "bwlimit_kib", "with_local_disks");
        var target = request.Arguments.Needed("target_node");
        var host = await XenOrchestraValues.HostAsync(request, guest.Backend, target, cancellationToken);
        if (guest.Node == target)
        {
            throw new FleetException("invalid_arguments", $"The guest is on host '{request.Room.Words(target)}' already.");
        }

        var storage = request.Arguments.Text("target_storage") is { } name ? await XenOrchestraValues.StorageAsync(request, guest.Backend, name, cancellationToken) : null;
        List<string> facts = [$"It goes to host {target}.", .. storage is null ? [] : (string[])["Its disks are copied, and the source is destroyed after that."]];
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", "/vms/{id}/actions/migrate", XenOrchestraValues.Of(guest.Id, ("hostId", Cell.Of(host)), ("srId", Cell.Of(storage))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: true, facts, cancellationToken),
                After = async _ =>
                [
                    ("node_after", Cell.Of(await NodeAsync(request, guest, cancellationToken))),
                    ("downtime_note", Cell.Of(guest.IsRunning ? "live: well below a second at the end" : "none: it did not run")),
                ],
            },
            cancellationToken);
    }

    public static async Task<FleetAnswer> CloneAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        XenOrchestraValues.Refuse(request, "new_vmid", "target_node", "pool", "snapshot");
        if (guest.IsTemplate)
        {
            throw new FleetException("unsupported", "A VM is made of a template of Xen Orchestra with its pool's operation CreateVm, not by a clone.", "pools_action CreateVm does it.");
        }

        var storage = request.Arguments.Text("storage") is { } name ? await XenOrchestraValues.StorageAsync(request, guest.Backend, name, cancellationToken) : null;
        var full = request.Arguments.Flag("full") ?? true;
        var answer = await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", "/vms/{id}/actions/clone", XenOrchestraValues.Of(
                guest.Id,
                ("name_label", Cell.Of(request.Arguments.Needed("name"))),
                ("fast", storage is null ? Cell.Of(!full) : Cell.Null),
                ("srId", Cell.Of(storage))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: false, [full ? "All disks are copied." : "The copy shares the disks of this guest as they are now."], cancellationToken),
                After = end => Task.FromResult<IReadOnlyList<(string, Cell)>>([("new_vmid", Cell.Null), ("new_id", Cell.Of(end.Value.Text("id")))]),
            },
            cancellationToken);
        if (request.Arguments.Flag("start") == true && answer is FleetAnswer.Record)
        {
            request.Warn("The copy is not started: starting it needs a consent of its own. Use change_vm_state.");
        }

        return answer;
    }

    private static async Task<string?> NodeAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var reads = request.Reads(guest.Backend, cached: false);
        var vm = await reads.TryGetAsync("/vms/{id}", [("id", guest.Id)], cancellationToken, TimeSpan.Zero);
        var hosts = await new XenOrchestraWorld(reads, cancellationToken).HostsByIdAsync();
        return hosts.TryGetValue(vm.Text("$container") ?? "", out var host) ? XenOrchestraWorld.HostName(host) : null;
    }
}
