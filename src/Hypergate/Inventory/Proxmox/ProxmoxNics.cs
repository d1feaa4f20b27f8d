using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.Proxmox;

/// <summary>Network interfaces of guests: from their configuration, with addresses from inside where these are looked at.</summary>
internal static class ProxmoxNics
{
    private static readonly RowMap<Nic> Map = new("nics")
    {
        { GuestPlace.Cells, static nic => nic.Guest.Place },
        { "key", static nic => Cell.Of(nic.Key) },
        { "model", static nic => Cell.Of(nic.Guest.IsContainer ? nic.Options.Text("type") ?? "veth" : nic.Options.First?.Key) },
        { "mac", static nic => Cell.Of(nic.Mac) },
        { "network", static nic => Cell.Of(nic.Options.Text("bridge")) },
        { "vlan", static nic => Cell.Of(nic.Options.Int("tag")) },
        { "firewall", static nic => Cell.Of(nic.Options.Flag("firewall") == true) },
        { "link_down", static nic => Cell.Of(nic.Options.Flag("link_down") == true) },
        { "rate_mb", static nic => Cell.Of(nic.Options.Number("rate")) },
        { "addresses", static nic => Cell.Of(nic.Addresses) },
    };

    public static Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken) =>
        new ProxmoxWorld(visit.Reads, cancellationToken).OfEachGuestAsync(visit, guest => OfAsync(visit, guest, cancellationToken));

    private static async Task<IReadOnlyList<Cell[]>> OfAsync(TableVisit visit, ProxmoxGuest guest, CancellationToken cancellationToken)
    {
        var config = new ProxmoxConfig(await visit.Reads.GetAsync(guest.Path("/config"), guest.Arguments, cancellationToken));
        var nics = config.Nics.Select(nic => new Nic(guest, nic.Key, nic.Value)).ToList();
        if (nics.Count == 0 || !visit.Wants("addresses"))
        {
            return Map.Rows(nics);
        }

        var inside = await ProxmoxAddresses.OfAsync(visit.Reads, guest, config, cancellationToken);
        return Map.Rows(nics.Select(nic => nic with { Addresses = inside?.Where(seen => seen.Mac.Equals(nic.Mac, StringComparison.OrdinalIgnoreCase)).SelectMany(static seen => seen.Addresses).ToList() }));
    }

    private sealed record Nic(ProxmoxGuest Guest, string Key, PropertyString Options)
    {
        /// <summary>Null where the guest does not tell.</summary>
        public IReadOnlyList<string>? Addresses { get; init; }

        public string? Mac => Guest.IsContainer ? Options.Text("hwaddr") : Options.First?.Value;
    }
}

/// <summary>What a guest says of its own interfaces.</summary>
internal static class ProxmoxAddresses
{
    /// <summary>Null where the guest cannot be asked: it does not run, has no agent, or the right is missing.</summary>
    public static async Task<List<SeenInterface>?> OfAsync(PlatformReads reads, ProxmoxGuest guest, ProxmoxConfig config, CancellationToken cancellationToken)
    {
        if (!guest.IsRunning || !(guest.IsContainer || config.AgentEnabled))
        {
            return null;
        }

        var answer = await reads.TryGetAsync(
            guest.Path(guest.IsContainer ? "/interfaces" : "/agent/network-get-interfaces"), guest.Arguments, cancellationToken);
        var list = guest.IsContainer ? answer : answer.Get("result");
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(static item => new SeenInterface(item.Text("name") ?? "", item.Text("hardware-address") ?? item.Text("hwaddr") ?? "", [.. AddressesOf(item)]))]
            : null;
    }

    private static IEnumerable<string> AddressesOf(JsonElement item)
    {
        var addresses = item.Items("ip-addresses").Select(static address => address.Name("ip-address")).OfType<string>().ToList();
        return addresses.Count > 0
            ? addresses
            : new[] { item.Name("inet"), item.Name("inet6") }.OfType<string>().Select(static address => address.Split('/')[0]);
    }
}

/// <summary>An interface as the guest sees it.</summary>
internal sealed record SeenInterface(string Name, string Mac, IReadOnlyList<string> Addresses);
