using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>backup_vm</c>. Goes to the guest's own node: any other answers OK and does nothing. Older backups are never removed.</summary>
internal static class ProxmoxBackup
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments;
        var storage = await StorageAsync(request, guest, cancellationToken);
        var mode = arguments.Text("mode") ?? "snapshot";
        var started = request.Now;
        List<string> facts = [$"The backup goes to storage {storage}.", .. mode == "snapshot" ? [] : (string[])[$"Mode {mode}: the guest is interrupted."]];
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", "/nodes/{node}/vzdump",
            [
                ("node", Cell.Of(guest.Node)),
                ("vmid", Cell.Of(guest.NodeArguments[1].Value)),
                ("storage", Cell.Of(storage)),
                ("mode", Cell.Of(mode)),
                ("compress", Cell.Of(arguments.Text("compress") ?? "zstd")),
                ("remove", Cell.Of(false)),
                ("protected", arguments.Flag("protected_backup") == true ? Cell.Of(true) : Cell.Null),
                ("notes-template", Cell.Of(arguments.Text("notes")?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))),
                ("bwlimit", Cell.Of(arguments.Int("bwlimit"))),
            ])
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: mode != "snapshot", facts, cancellationToken),
                Fault = static value => value.ValueKind == JsonValueKind.String && value.GetString() == "OK"
                    ? "The platform answered OK without doing anything: the guest is not on that node. Nothing was backed up."
                    : null,
                After = end => ResultAsync(request, guest, storage, started, end, cancellationToken),
            },
            cancellationToken);
    }

    private static async Task<string> StorageAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync("storages", ["backend", "name", "node", "content", "status"], cancellationToken, backends: [guest.Backend]);
        var able = set.Rows.Where(row => row.Text("node") == guest.Node && row.List("content").Contains("backup")).Select(static row => row.Text("name")!).Distinct(StringComparer.Ordinal).ToList();
        var asked = request.Arguments.Text("storage");
        if (asked is not null)
        {
            return able.Contains(asked)
                ? asked
                : throw new FleetException("not_found", $"Node {guest.Node} has no storage '{request.Room.Words(asked)}' for backups.", able.Count > 0 ? $"It has {string.Join(", ", able)}." : "It has none.");
        }

        return able switch
        {
            [var only] => only,
            [] => throw new FleetException("not_found", $"Node {guest.Node} has no storage for backups that this connection can see."),
            _ => throw new FleetException("invalid_arguments", "'storage' is missing.", $"Backups can go to {string.Join(", ", able)}."),
        };
    }

    // The new file is the newest of the guest there.
    private static async Task<IReadOnlyList<(string Name, Cell Value)>> ResultAsync(
        FleetRequest request, FleetGuest guest, string storage, DateTimeOffset started, ChangeEnd end, CancellationToken cancellationToken)
    {
        if (!end.IsDone)
        {
            return [("storage", Cell.Of(storage))];
        }

        var content = await request.Reads(guest.Backend, cached: false).TryGetAsync(
            "/nodes/{node}/storage/{storage}/content",
            [("node", guest.Node!), ("storage", storage), ("content", "backup"), ("vmid", guest.Vmid!.Value.ToString(CultureInfo.InvariantCulture))],
            cancellationToken,
            TimeSpan.Zero);
        var file = content.Elements().MaxBy(static item => item.Number("ctime") ?? 0);
        var isNew = Moments.OfSeconds(file.Number("ctime")) is { } made && made > started.AddDays(-1);
        return [("storage", Cell.Of(storage)), ("volid", isNew ? Cell.Of(file.Text("volid")) : Cell.Null), ("size", isNew ? Cell.Of(file.Int("size")) : Cell.Null)];
    }
}
