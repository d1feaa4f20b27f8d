using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>run_guest_command</c>: starts a command through the agent and waits for what it prints.</summary>
internal static class ProxmoxCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var line = request.Arguments.Needed("command");
        if (guest.IsContainer)
        {
            throw new FleetException("unsupported", "Commands cannot be run in a container through the API of Proxmox VE: that needs a login on its node.");
        }

        var words = CommandLine.Split(line);
        if (words.Count == 0 || !CommandLine.IsAllowed(words, request.Room.Settings.GuestCommands))
        {
            throw new FleetException("forbidden", $"The command '{request.Room.Words(line)}' is not among those that this gateway may run.", "The setting fleet.guestCommands names them; ask whoever runs the gateway.");
        }

        if (!guest.IsRunning)
        {
            throw new FleetException("wrong_state", $"Guest {request.Room.Words(guest.Label)} is {guest.Status}.");
        }

        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", guest.NodePath("/agent/exec"), GuestSubject.NodeValues(guest, ("command", Cell.Of(words))))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: true, [$"Inside the guest this runs: {line}"], cancellationToken),
                After = end => OutputAsync(request, guest, end.Value.Int("pid"), cancellationToken),
            },
            cancellationToken);
    }

    private static async Task<IReadOnlyList<(string Name, Cell Value)>> OutputAsync(FleetRequest request, FleetGuest guest, long? process, CancellationToken cancellationToken)
    {
        if (process is null)
        {
            return [];
        }

        var started = request.Room.Time.GetTimestamp();
        (string, string)[] arguments = [.. guest.NodeArguments, ("pid", process.Value.ToString(CultureInfo.InvariantCulture))];
        while (true)
        {
            JsonElement status;
            try
            {
                status = await request.Reads(guest.Backend, cached: false).GetAsync(guest.NodePath("/agent/exec-status"), arguments, cancellationToken, TimeSpan.Zero);
            }
            catch (PlatformReadException problem)
            {
                request.Warn($"The command was started, but how it ended cannot be told: {problem.Message}");
                return [("pid", Cell.Of(process))];
            }

            if (status.Flag("exited") == true || request.Room.Time.GetElapsedTime(started) >= ChangeRunner.WaitOf(request))
            {
                return
                [
                    ("pid", Cell.Of(process)),
                    ("exited", Cell.Of(status.Flag("exited") == true)),
                    ("exit_code", Cell.Of(status.Int("exitcode"))),
                    ("output", Cell.Of(status.Text("out-data"))),
                    ("errors", Cell.Of(status.Text("err-data"))),
                ];
            }

            await Task.Delay(Pause, request.Room.Time, cancellationToken);
        }
    }
}
