using System.Globalization;
using System.Text.Json;

namespace Hypergate.Inventory.Proxmox;

/// <summary>A guest as <c>/cluster/resources</c> tells of it.</summary>
internal sealed record ProxmoxGuest(JsonElement Item, GuestPlace Place)
{
    public long Id => Place.Vmid!.Value;

    public string Node => Place.Node!;

    public bool IsContainer => Place.Type == "lxc";

    public bool IsRunning => Item.Text("status") == "running";

    /// <summary>Values of the path parameters of everything below a guest.</summary>
    public (string Name, string Value)[] Arguments => [("node", Node), ("vmid", Id.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A path below the guest: <c>/config</c>.</summary>
    public string Path(string below) => $"/nodes/{{node}}/{Place.Type}/{{vmid}}{below}";

    /// <summary>Null for a resource that is no guest.</summary>
    public static ProxmoxGuest? Of(string backend, string? cluster, JsonElement item) =>
        item.Int("vmid") is { } id && item.Name("node") is { } node && item.Text("type") is "qemu" or "lxc"
            ? new(item, new GuestPlace
            {
                Backend = backend,
                Cluster = cluster,
                Vmid = id,
                Id = string.Create(CultureInfo.InvariantCulture, $"{item.Text("type")}/{id}"),
                Name = item.Text("name"),
                Node = node,
                Type = item.Text("type")!,
            })
            : null;
}
