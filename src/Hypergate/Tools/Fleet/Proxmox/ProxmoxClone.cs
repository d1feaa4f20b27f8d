using System.Globalization;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>clone_vm</c>. The number that the platform calls free is only a hint: another caller may take it first.</summary>
internal static class ProxmoxClone
{
    private const int Tries = 3;

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var asked = request.Arguments.Int("new_vmid");
        var number = asked ?? await FreeAsync(request, guest, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CloneAsync(request, guest, number, cancellationToken);
            }
            catch (FleetException problem) when (problem.Code == "exists" && asked is null && attempt < Tries)
            {
                number++;
            }
        }
    }

    private static async Task<FleetAnswer> CloneAsync(FleetRequest request, FleetGuest guest, long number, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var full = arguments.Flag("full") ?? !guest.IsTemplate;
        if (!full && !guest.IsTemplate)
        {
            throw new FleetException("wrong_state", "A linked clone needs a template; this guest is none.", "Leave 'full' out.");
        }

        var change = new PlannedChange(guest.Backend, "POST", guest.NodePath("/clone"), GuestSubject.NodeValues(
            guest,
            ("newid", Cell.Of((long?)number)),
            (guest.IsContainer ? "hostname" : "name", Cell.Of(arguments.Needed("name"))),
            ("full", Cell.Of(full)),
            ("target", Cell.Of(arguments.Text("target_node"))),
            ("storage", full ? Cell.Of(arguments.Text("storage")) : Cell.Null),
            ("pool", Cell.Of(arguments.Text("pool"))),
            ("snapname", Cell.Of(arguments.Text("snapshot")))))
        {
            Subject = await GuestSubject.OfAsync(request, guest, harms: false, [$"The copy gets the number {number}.", full ? "All disks are copied." : "The copy needs the template's disks as long as it lives."], cancellationToken),
            After = async end =>
            [
                ("new_vmid", Cell.Of((long?)number)),
                ("copy_started", arguments.Flag("start") == true && end.IsDone ? Cell.Of(await StartAsync(request, guest, number, cancellationToken)) : Cell.Null),
            ],
        };
        return await ChangeRunner.RunAsync(request, change, cancellationToken);
    }

    private static async Task<long> FreeAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var next = await request.Reads(guest.Backend, cached: false).GetAsync("/cluster/nextid", [], cancellationToken, TimeSpan.Zero);
        return next.AsNumber() is { } number ? (long)number : throw new FleetException("failed", "The platform names no free number.", "Give new_vmid.");
    }

    // Starting is a change of its own, with a consent of its own.
    private static async Task<bool> StartAsync(FleetRequest request, FleetGuest guest, long number, CancellationToken cancellationToken)
    {
        var node = request.Arguments.Text("target_node") ?? guest.Node!;
        var copy = guest with { Vmid = number, Node = node, Name = request.Arguments.Needed("name"), IsTemplate = false, Status = "stopped", Id = string.Create(CultureInfo.InvariantCulture, $"{guest.Type}/{number}") };
        var change = new PlannedChange(guest.Backend, "POST", copy.NodePath("/status/start"), GuestSubject.NodeValues(copy))
        {
            Subject = new(request.Room.Words(copy.Label), copy.Name ?? copy.Id, []),
        };
        var answer = await ChangeRunner.RunAsync(request with { Arguments = request.Arguments.Without("confirm_token") }, change, cancellationToken);
        if (answer is FleetAnswer.Record { IsError: false })
        {
            return true;
        }

        request.Warn($"The copy is made but not started: starting it needs a consent of its own. Use change_vm_state with vmid {number}.");
        return false;
    }
}
