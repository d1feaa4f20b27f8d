using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory.XenOrchestra;

/// <summary>Networks, one row for each host that they reach.</summary>
internal static class XenOrchestraNetworks
{
    public const string Fields = "uuid,name_label,name_description,bridge,MTU,PIFs,isBonded,$pool";

    public const string InterfaceFields = "uuid,$host,$network,device,vlan,ip,gateway,attached,automatic,mtu,mode,isBondMaster,physical";

    private static readonly RowMap<Network> Map = new("networks")
    {
        { XenOrchestraWorld.PlaceCells, static network => network.Place },
        { "name", static network => Cell.Of(network.Item.Text("name_label")) },
        { "node", static network => Cell.Of(network.Node) },
        { "type", static network => Cell.Of(TypeOf(network)) },
        { "active", static network => Cell.Of(network.Interface.Flag("attached")) },
        { "autostart", static network => Cell.Of(network.Interface.Flag("automatic")) },
        { "address", static network => Cell.Of(network.Interface.Name("ip")) },
        { "gateway", static network => Cell.Of(network.Interface.Name("gateway")) },
        { "ports", static network => Cell.Of(network.Interface.Name("device") is { } device ? [device] : (IReadOnlyList<string>?)null) },
        { "vlan", static network => Cell.Of(network.Interface.Int("vlan") is >= 0 and var vlan ? vlan : null) },
        { "mtu", static network => Cell.Of(network.Item.Int("MTU")) },
        { "bridge", static network => Cell.Of(network.Item.Name("bridge")) },
        { "comment", static network => Cell.Of(network.Item.Name("name_description")) },
    };

    public static async Task<IReadOnlyList<Cell[]>> ReadAsync(TableVisit visit, CancellationToken cancellationToken)
    {
        var world = new XenOrchestraWorld(visit.Reads, cancellationToken);
        var networks = await world.ListAsync("/networks", Fields);
        var interfaces = (await world.ListAsync("/pifs", InterfaceFields)).ToLookup(static item => item.Text("$network"), StringComparer.Ordinal);
        var hosts = await world.HostsByIdAsync();
        var pools = await world.PoolNamesAsync();
        return Map.Rows(networks.SelectMany(network => interfaces[network.Text("uuid")].DefaultIfEmpty()
            .Select(item => new Network(network, item, new(visit.Backend, pools.GetValueOrDefault(network.Text("$pool") ?? "")))
            {
                Node = hosts.TryGetValue(item.Text("$host") ?? "", out var host) ? XenOrchestraWorld.HostName(host) : null,
            })));
    }

    private static string TypeOf(Network network) => network switch
    {
        { Interface.ValueKind: JsonValueKind.Undefined } => "internal",
        _ when network.Item.Flag("isBonded") == true || network.Interface.Flag("isBondMaster") == true => "bond",
        _ when network.Interface.Int("vlan") is >= 0 => "vlan",
        _ => "physical",
    };

    private sealed record Network(JsonElement Item, JsonElement Interface, PoolPlace Place)
    {
        public string? Node { get; init; }
    }
}
