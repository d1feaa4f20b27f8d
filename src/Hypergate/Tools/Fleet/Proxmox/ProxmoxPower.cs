using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>change_vm_state</c>.</summary>
internal static class ProxmoxPower
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var action = request.Arguments.Needed("action");
        Check(request, guest, action);
        var before = await StatusAsync(request, guest, cancellationToken);
        var harms = action is not ("Start" or "Resume");
        var change = new PlannedChange(guest.Backend, "POST", guest.NodePath($"/status/{action.ToLowerInvariant()}"), Values(request, guest, action))
        {
            Subject = await GuestSubject.OfAsync(request, guest with { Status = before }, harms, [.. Facts(request, action)], cancellationToken),
            After = async end =>
            [
                ("status_before", Cell.Of(before)),
                ("status_after", Cell.Of(await AfterAsync(request, guest, action, end, cancellationToken))),
            ],
        };
        return await ChangeRunner.RunAsync(request, change, cancellationToken);
    }

    private static void Check(FleetRequest request, FleetGuest guest, string action)
    {
        if (action == "Reset" && guest.IsContainer)
        {
            throw new FleetException("unsupported", "A container cannot be reset.", "Reboot it, or stop and start it.");
        }

        if (action == "Start" && guest.IsTemplate)
        {
            throw new FleetException("wrong_state", $"{request.Room.Words(guest.Label)} is a template: it cannot be started.", "Clone it.");
        }

        if (request.Arguments.Flag("force_stop") == true && action != "Shutdown")
        {
            throw new FleetException("invalid_arguments", "'force_stop' is for Shutdown only.");
        }
    }

    private static IReadOnlyList<(string Name, Cell Value)> Values(FleetRequest request, FleetGuest guest, string action)
    {
        // Starting a container and suspending take no time limit; stopping one neither.
        var takesTime = action is "Shutdown" or "Reboot" || (action is "Start" or "Stop" && !guest.IsContainer);
        return GuestSubject.NodeValues(
            guest,
            ("timeout", takesTime ? Cell.Of(request.Arguments.Int("timeout_seconds")) : Cell.Null),
            ("forceStop", request.Arguments.Flag("force_stop") == true ? Cell.Of(true) : Cell.Null));
    }

    private static IEnumerable<string> Facts(FleetRequest request, string action)
    {
        if (action is "Stop" or "Reset" || request.Arguments.Flag("force_stop") == true)
        {
            yield return "What the guest has not written to disk is lost.";
        }

        if (action is "Shutdown" or "Reboot" or "Stop" or "Suspend")
        {
            yield return "Its service is interrupted.";
        }
    }

    private static async Task<string> StatusAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var status = await request.Reads(guest.Backend, cached: false).TryGetAsync(guest.NodePath("/status/current"), guest.NodeArguments, cancellationToken, TimeSpan.Zero);
        return status.Name("qmpstatus") ?? status.Name("status") ?? guest.Status;
    }

    // High availability acts later: the end of its task only means that it was asked.
    private static async Task<string> AfterAsync(FleetRequest request, FleetGuest guest, string action, ChangeEnd end, CancellationToken cancellationToken)
    {
        var started = request.Room.Time.GetTimestamp();
        var wanted = action switch { "Start" or "Resume" => "running", "Stop" or "Shutdown" => "stopped", _ => null };
        while (true)
        {
            var status = await StatusAsync(request, guest, cancellationToken);
            var waits = guest.HaState is not null && end.IsDone && wanted is not null && status != wanted && request.Room.Time.GetElapsedTime(started) < ChangeRunner.WaitOf(request);
            if (!waits)
            {
                return status;
            }

            await Task.Delay(Pause, request.Room.Time, cancellationToken);
        }
    }
}
