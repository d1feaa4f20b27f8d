using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Fleet.Changes;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Proxmox;

/// <summary><c>migrate_vm</c>: asks the platform first what stands in the way.</summary>
internal static class ProxmoxMigration
{
    public static async Task<FleetAnswer> RunAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        var target = request.Arguments.Needed("target_node");
        var (backend, node) = await Nodes.NodeTools.FindAsync(request, target, cancellationToken);
        if (backend.Name != guest.Backend.Name)
        {
            throw new FleetException("invalid_arguments", $"Node '{target}' is of backend {backend.Name}, the guest of {guest.Backend.Name}: guests move within their cluster only.");
        }

        if (node == guest.Node)
        {
            throw new FleetException("invalid_arguments", $"The guest is on node '{node}' already.");
        }

        var facts = await FactsAsync(request, guest, node, cancellationToken);
        return await ChangeRunner.RunAsync(
            request,
            new PlannedChange(guest.Backend, "POST", guest.NodePath("/migrate"), Values(request, guest, node))
            {
                Subject = await GuestSubject.OfAsync(request, guest, harms: true, [$"It goes to node {node}.", .. facts], cancellationToken),
                After = async end =>
                [
                    ("node_after", Cell.Of(end.IsDone ? await NodeAsync(request, guest, node, cancellationToken) : guest.Node)),
                    ("downtime_note", Cell.Of(Downtime(request, guest))),
                ],
            },
            cancellationToken);
    }

    private static IReadOnlyList<(string Name, Cell Value)> Values(FleetRequest request, FleetGuest guest, string node)
    {
        var arguments = request.Arguments;
        var online = arguments.Flag("online") ?? guest.IsRunning;
        var storage = Cell.Of(arguments.Text("target_storage"));
        return guest.IsContainer
            ? GuestSubject.NodeValues(
                guest,
                ("target", Cell.Of(node)),
                ("restart", guest.IsRunning ? Cell.Of(true) : Cell.Null),
                ("target-storage", storage),
                ("bwlimit", Cell.Of(arguments.Int("bwlimit_kib"))))
            : GuestSubject.NodeValues(
                guest,
                ("target", Cell.Of(node)),
                ("online", online && guest.IsRunning ? Cell.Of(true) : Cell.Null),
                ("with-local-disks", arguments.Flag("with_local_disks") == true ? Cell.Of(true) : Cell.Null),
                ("targetstorage", storage),
                ("bwlimit", Cell.Of(arguments.Int("bwlimit_kib"))));
    }

    private static string Downtime(FleetRequest request, FleetGuest guest) => guest switch
    {
        { IsRunning: false } => "none: it did not run",
        { IsContainer: true } => "the container was stopped, moved and started again",
        _ when request.Arguments.Flag("online") == false => "the platform refuses an offline migration of a running guest",
        _ => "live: well below a second at the end",
    };

    private static async Task<List<string>> FactsAsync(FleetRequest request, FleetGuest guest, string node, CancellationToken cancellationToken)
    {
        var facts = new List<string>();
        if (guest is { IsContainer: true, IsRunning: true })
        {
            facts.Add("A running container is stopped and started again: there is no live migration of containers.");
        }

        var check = await request.Reads(guest.Backend, cached: false).TryGetAsync(guest.NodePath("/migrate"), [.. guest.NodeArguments, ("target", node)], cancellationToken, TimeSpan.Zero);
        var forbidden = check.Get("not_allowed_nodes").Get(node) is { ValueKind: JsonValueKind.Object } one ? one : check.Get("not-allowed-nodes").Get(node);
        if (forbidden.ValueKind == JsonValueKind.Object && forbidden.GetPropertyCount() > 0)
        {
            facts.Add($"The platform does not allow node {node}: {Short(forbidden)}");
        }

        var disks = check.Items("local_disks").Select(static disk => disk.Text("volid")).OfType<string>().ToList();
        if (disks.Count > 0)
        {
            facts.Add($"Disks on local storage, to be copied: {string.Join(", ", disks)}." + (request.Arguments.Flag("with_local_disks") == true || !guest.IsRunning ? "" : " A running guest needs with_local_disks."));
        }

        var resources = check.Items("local_resources").Select(static item => item.AsText()).OfType<string>().ToList();
        if (resources.Count > 0)
        {
            facts.Add($"Local resources stand in the way: {string.Join(", ", resources)}.");
        }

        return facts;
    }

    private static string Short(JsonElement value) => value.GetRawText() is var text && text.Length > 200 ? $"{text[..200]}…" : text;

    private static async Task<string?> NodeAsync(FleetRequest request, FleetGuest guest, string node, CancellationToken cancellationToken)
    {
        var there = await request.Reads(guest.Backend, cached: false).TryGetAsync(
            guest.NodePath("/status/current"), [("node", node), guest.NodeArguments[1]], cancellationToken, TimeSpan.Zero);
        return there.ValueKind == JsonValueKind.Object ? node : guest.Node;
    }
}
