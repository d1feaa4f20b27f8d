using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Virtual interfaces of guests.</summary>
internal static class XenOrchestraNics
{
    private static readonly RowMap<Interface> Map = new("nics")
    {
        { GuestPlace.Cells, static nic => nic.Guest },
        { "key", static nic => Cell.Of(nic.Item.Text("device")) },
        { "mac", static nic => Cell.Of(nic.Item.Text("MAC")) },
        { "network", static nic => Cell.Of(nic.Network) },
        { "vlan", static nic => Cell.Of(nic.Vlan) },
        { "firewall", static nic => Cell.Of(nic.Item.Text("lockingMode") is "locked") },
        { "link_down", static nic => Cell.Of(nic.Item.Flag("attached") is { } attached ? !attached : null) },
        { "rate_mb", static nic => Cell.Of(nic.Item.Number("rateLimit")) },
        { "addresses", static nic => Cell.Of(nic.Addresses) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var guests = await world.GuestPlacesAsync();
        var items = XenOrchestraWorld.ById(await world.GuestsAsync());
        var nics = await world.ListAsync("/vifs", "uuid,$VM,device,MAC,$network,lockingMode,attached,rateLimit");
        var networks = XenOrchestraWorld.Names(await world.ListAsync("/networks", XenOrchestraNetworks.Fields));
        var vlans = VlansOf(await world.ListAsync("/pifs", XenOrchestraNetworks.InterfaceFields));
        var rows = new List<Cell[]>();
        foreach (var nic in nics)
        {
            if (guests.TryGetValue(nic.Text("$VM") ?? "", out var guest) && guest.IsAdmitted(visit))
            {
                var network = nic.Text("$network") ?? "";
                rows.Add(Map.Row(new(nic, guest, networks.GetValueOrDefault(network))
                {
                    Vlan = vlans.TryGetValue(network, out var vlan) ? vlan : null,
                    Addresses = AddressesOf(items.GetValueOrDefault(guest.Id), nic.Text("device") ?? ""),
                }));
            }
        }

        return rows;
    }

    // {"0/ipv4/0": "10.0.20.32", "0/ipv6/0": "fe80::1"}: device, kind, number. Nothing where the guest does not tell.
    private static List<string>? AddressesOf(JsonElement guest, string device)
    {
        var addresses = guest.Get("addresses");
        if (addresses.ValueKind != JsonValueKind.Object || addresses.GetPropertyCount() == 0)
        {
            return null;
        }

        return [.. addresses.EnumerateObject()
            .Where(address => address.Name.StartsWith($"{device}/", StringComparison.Ordinal))
            .Select(static address => address.Value.AsText())
            .OfType<string>()];
    }

    private static Dictionary<string, long> VlansOf(List<JsonElement> interfaces)
    {
        var vlans = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in interfaces)
        {
            if (item.Text("$network") is { } network && item.Int("vlan") is >= 0 and var vlan)
            {
                vlans[network] = vlan;
            }
        }

        return vlans;
    }

    private sealed record Interface(JsonElement Item, GuestPlace Guest, string? Network)
    {
        public long? Vlan { get; init; }

        public IReadOnlyList<string>? Addresses { get; init; }
    }
}
