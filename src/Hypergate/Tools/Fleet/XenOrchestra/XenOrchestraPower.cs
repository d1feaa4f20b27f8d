using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Inventory.XenOrchestra;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary><c>change_vm_state</c> for a VM.</summary>
internal static class XenOrchestraPower
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var action = request.Arguments.Needed("action");
        XenOrchestraValues.Refuse(request, "force_stop");
        if (guest.IsTemplate)
        {
            throw new FleetException("wrong_state", $"{request.Room.Words(guest.Label)} is a template: it has no power state.", "Clone it.");
        }

        if (request.Arguments.Has("timeout_seconds"))
        {
            request.Warn("Xen Orchestra takes no time limit: timeout_seconds is not used.");
        }

        var facts = action switch
        {
            "Stop" or "Reset" => ["What the guest has not written to disk is lost.", "Its service is interrupted."],
            "Shutdown" or "Reboot" or "Suspend" => ["Its service is interrupted."],
            _ => Array.Empty<string>(),
        };
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", $"/vms/{{id}}/actions/{WordOf(action, guest)}", XenOrchestraValues.Of(guest.Id))
            {
                Subject = await GuestSubject.OfAsync(request, guest, action is not ("Start" or "Resume"), facts, cancellationToken),
                After = async _ => [("status_before", Cell.Of(guest.Status)), ("status_after", Cell.Of(await StatusAsync(request, guest, cancellationToken)))],
            },
            cancellationToken);
    }

    private static string WordOf(string action, FleetGuest guest) => action switch
    {
        "Start" => "start",
        "Stop" => "hard_shutdown",
        "Shutdown" => "clean_shutdown",
        "Reboot" => "clean_reboot",
        "Reset" => "hard_reboot",
        "Suspend" => "suspend",
        _ => guest.Status == "paused" ? "unpause" : "resume",
    };

    private static async Task<string> StatusAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken) =>
        XenOrchestraGuests.StateOf((await request.Reads(guest.Backend, cached: false).TryGetAsync("/vms/{id}", [("id", guest.Id)], cancellationToken, TimeSpan.Zero)).Text("power_state"));
}
