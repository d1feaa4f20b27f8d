using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Networks, and the interfaces of hosts (PIF) and of VMs (VIF) that belong to them.</summary>
internal static class NetworkRecord
{
    public static JsonObject Create(string name, string description, string bridge, int mtu, bool nbd, bool management = false) => new()
    {
        ["automatic"] = management,
        ["bridge"] = bridge,
        ["current_operations"] = new JsonObject(),
        ["defaultIsLocked"] = false,
        ["MTU"] = mtu,
        ["name_description"] = description,
        ["name_label"] = name,
        ["other_config"] = management ? new JsonObject { ["automatic"] = "true" } : [],
        ["tags"] = new JsonArray(),
        ["PIFs"] = new JsonArray(),
        ["VIFs"] = new JsonArray(),
        ["nbd"] = nbd,
        ["insecureNbd"] = false,
        ["isBonded"] = false,
        ["type"] = "network",
    };

    /// <summary>An interface of a host. <paramref name="vlan"/> is -1 for untagged, which means that it is physical.</summary>
    public static JsonObject CreateInterface(string device, int mtu, int vlan, string mac) => new()
    {
        ["type"] = "PIF",
        ["attached"] = true,
        ["isBondMaster"] = false,
        ["isBondSlave"] = false,
        ["device"] = device,
        ["deviceName"] = "Ethernet Controller X550",
        ["dns"] = "",
        ["disallowUnplug"] = false,
        ["gateway"] = "",
        ["ip"] = "",
        ["ipv6"] = new JsonArray(),
        ["mac"] = mac,
        ["management"] = false,
        ["carrier"] = true,
        ["mode"] = "None",
        ["ipv6Mode"] = "None",
        ["mtu"] = mtu,
        ["netmask"] = "",
        ["physical"] = vlan == -1,
        ["primaryAddressType"] = "IPv4",
        ["vlan"] = vlan,
        ["speed"] = 10000,
        ["$host"] = null,
        ["$network"] = null,
    };

    /// <summary>An interface of a VM.</summary>
    public static JsonObject CreateGuestInterface(string vm, string network, string device, string mac, bool attached) => new()
    {
        ["type"] = "VIF",
        ["allowedIpv4Addresses"] = new JsonArray(),
        ["allowedIpv6Addresses"] = new JsonArray(),
        ["attached"] = attached,
        ["device"] = device,
        ["lockingMode"] = "network_default",
        ["MAC"] = mac,
        ["MTU"] = 1500,
        ["other_config"] = new JsonObject(),
        ["txChecksumming"] = true,
        ["$network"] = network,
        ["$VM"] = vm,
    };
}
