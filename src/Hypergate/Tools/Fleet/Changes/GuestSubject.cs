using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet.Changes;

/// <summary>What a person must know of a guest before it is touched, and what forbids to touch it.</summary>
internal static class GuestSubject
{
    /// <param name="request">Whose tool it is.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="harms">Whether the change can harm it; a protected tag forbids that.</param>
    /// <param name="facts">What this change means for it, each in a sentence.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="FleetException">A tag protects the guest.</exception>
    public static async Task<CallSubject> OfAsync(
        FleetRequest request, FleetGuest guest, bool harms, IReadOnlyList<string> facts, CancellationToken cancellationToken)
    {
        if (harms && guest.Tags.FirstOrDefault(tag => request.Room.Settings.ProtectedTags.Contains(tag, StringComparer.OrdinalIgnoreCase)) is { } tag)
        {
            throw new FleetException("protected", $"Guest {request.Room.Words(guest.Label)} has the tag '{request.Room.Words(tag)}', which protects it.", "Somebody must take the tag away first.");
        }

        var words = request.Room.Words;
        var where = guest.Node is { } node ? $"node {words(node)}" : guest.Cluster is { } pool ? $"pool {words(pool)}" : "";
        var line = string.Join(", ", new[] { guest.Status, guest.IsTemplate ? "template" : "", where, $"id {guest.Id}" }.Where(static part => part.Length > 0));
        return new CallSubject(
            $"{guest.Type} '{words(guest.Name ?? "")}' ({line})",
            words(guest.Name ?? "") == guest.Name && guest.Name is { Length: > 0 } name ? name : guest.Id,
            [.. Standing(guest, words), .. await RunningTasksAsync(request, guest, cancellationToken), .. facts.Select(words)]);
    }

    private static IEnumerable<string> Standing(FleetGuest guest, Func<string, string> words)
    {
        if (guest.Lock is { } locked)
        {
            yield return $"It is locked by {words(locked)}: the platform will refuse, or wait, until that is over.";
        }

        if (guest.HaState is { Length: > 0 } state)
        {
            yield return $"High availability manages it ({words(state)}): it acts later, and may act against this.";
        }

        if (guest.Status == "unknown")
        {
            yield return "Its state is unknown: its node may be away.";
        }
    }

    private static async Task<IEnumerable<string>> RunningTasksAsync(FleetRequest request, FleetGuest guest, CancellationToken cancellationToken)
    {
        if (!guest.Backend.Platform.HasNumbers)
        {
            return [];
        }

        var tasks = await request.Reads(guest.Backend, cached: false).TryGetAsync(
            "/nodes/{node}/tasks", [("node", guest.Node ?? ""), ("source", "active"), ("vmid", guest.NodeArguments[1].Value)], cancellationToken, TimeSpan.Zero);
        return Inventory.JsonReading.Elements(tasks).Select(static task => Inventory.JsonReading.Text(task, "type")).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(type => $"A task runs on it now: {request.Room.Words(type)}.");
    }

    /// <summary>Values of a call to Proxmox VE: those of the guest's path and others.</summary>
    public static IReadOnlyList<(string Name, Cell Value)> NodeValues(FleetGuest guest, params IReadOnlyList<(string Name, Cell Value)> others) =>
        [.. guest.NodeArguments.Select(static argument => (argument.Name, Cell.Of(argument.Value))), .. others];
}
