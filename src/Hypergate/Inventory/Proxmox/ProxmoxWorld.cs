using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>The cluster-wide reads that most tables are made of. One call tells of all guests, nodes, storages and pools.</summary>
internal sealed class ProxmoxWorld(PlatformReads reads, CancellationToken cancellationToken)
{
    public PlatformReads Reads => reads;

    /// <summary>Everything that <c>/cluster/resources</c> tells, of some types.</summary>
    public async Task<List<JsonElement>> ResourcesAsync(params IReadOnlyList<string> types) =>
        [.. (await reads.GetAsync("/cluster/resources", [], cancellationToken)).Elements().Where(item => types.Contains(item.Text("type")))];

    public async Task<List<JsonElement>> GuestsAsync() =>
        await ProxmoxFreshState.OfAsync(await ResourcesAsync("qemu", "lxc"), [.. await OnlineNodesAsync()], reads, cancellationToken);

    public Task<List<JsonElement>> NodesAsync() => ResourcesAsync("node");

    public Task<List<JsonElement>> StoragesAsync() => ResourcesAsync("storage");

    /// <summary>Names of the nodes that are online as far as the cluster knows.</summary>
    public async Task<List<string>> OnlineNodesAsync() =>
        [.. (await NodesAsync()).Where(static node => node.Text("status") == "online").Select(static node => node.Text("node")).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The rows of <c>/cluster/status</c>; none where the caller may not see them.</summary>
    public async Task<List<JsonElement>> StatusAsync() =>
        [.. (await reads.TryGetAsync("/cluster/status", [], cancellationToken)).Elements()];

    /// <summary>The cluster's name, or the node's where it stands alone; null where the caller may not see it.</summary>
    public async Task<string?> ClusterNameAsync()
    {
        var status = await StatusAsync();
        return status.FirstOrDefault(static row => row.Text("type") == "cluster").Name("name")
            ?? (status is [var alone] ? alone.Name("name") : null);
    }

    /// <summary>The same, where the column is looked at.</summary>
    public async Task<string?> ClusterNameAsync(TableVisit visit) => visit.Wants("cluster") ? await ClusterNameAsync() : null;

    /// <summary>Every guest as rows of other tables name it, templates included.</summary>
    public async Task<List<ProxmoxGuest>> GuestPlacesAsync(TableVisit visit)
    {
        var cluster = await ClusterNameAsync(visit);
        return [.. (await GuestsAsync()).Select(guest => ProxmoxGuest.Of(visit.Backend, cluster, guest)).OfType<ProxmoxGuest>().OrderBy(static guest => guest.Id)];
    }

    /// <summary>
    /// Reads something of each admitted guest, side by side and in order. A node that does not answer is told once and asked no
    /// more; a guest that is gone meanwhile has no rows.
    /// </summary>
    public async Task<IReadOnlyList<Cell[]>> OfEachGuestAsync(TableVisit visit, Func<ProxmoxGuest, Task<IReadOnlyList<Cell[]>>> read)
    {
        var guests = (await GuestPlacesAsync(visit)).Where(guest => guest.Place.IsAdmitted(visit));
        var rows = await Task.WhenAll(guests.Select(guest => OfNodeAsync(visit, guest.Node, () => read(guest))));
        return [.. rows.SelectMany(static some => some)];
    }

    /// <summary>The same for each online node.</summary>
    public async Task<IReadOnlyList<Cell[]>> OfEachNodeAsync(TableVisit visit, Func<string, Task<IReadOnlyList<Cell[]>>> read)
    {
        var nodes = await NodesAsync();
        foreach (var node in nodes.Where(static node => node.Text("status") != "online").Select(static node => node.Text("node")).OfType<string>())
        {
            visit.ReportSilent(node);
        }

        var rows = await Task.WhenAll((await OnlineNodesAsync())
            .Where(node => visit.Admits("node", Cell.Of(node)))
            .Select(node => OfNodeAsync(visit, node, () => read(node))));
        return [.. rows.SelectMany(static some => some)];
    }

    /// <summary>Reads something that only a node knows.</summary>
    public static async Task<IReadOnlyList<Cell[]>> OfNodeAsync(TableVisit visit, string node, Func<Task<IReadOnlyList<Cell[]>>> read)
    {
        if (visit.IsSilent(node))
        {
            return [];
        }

        try
        {
            return await read();
        }
        catch (PlatformReadException problem) when (IsNodeSilent(problem))
        {
            visit.ReportSilent(node);
            return [];
        }
        catch (PlatformReadException problem) when (problem.Status is not null)
        {
            if (!IsGone(problem))
            {
                visit.ReportOne(problem);
            }

            return [];
        }
    }

    /// <summary>Whether the platform could not reach the node that a read was for.</summary>
    public static bool IsNodeSilent(PlatformReadException problem) => problem.Status is 595 or 596 or 597 or 599;

    /// <summary>Whether what was read has been deleted or moved since it was listed.</summary>
    public static bool IsGone(PlatformReadException problem) =>
        problem.Status is 404 or 500 && problem.Message.Contains("does not exist", StringComparison.Ordinal);
}
