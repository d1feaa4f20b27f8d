using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World.Seed;

/// <summary>Two pools of addresses, of which machines have some, and one conflict.</summary>
internal static class AddressSeed
{
    private const int Assigned = 24;

    public static void Fill(PxWorld world)
    {
        world["pools"].Add(Pool("guests", "192.0.2.0/24", "192.0.2.1"));
        world["pools"].Add(Pool("management", "203.0.113.0/24", "203.0.113.1"));
        var guests = Subnet(world, "guests", "192.0.2.0/26", 10);
        Subnet(world, "guests", "192.0.2.64/27", null);
        Subnet(world, "management", "203.0.113.0/27", 99);
        var addresses = world["addresses"].FindAll(address => address.Text("subnet") == guests);
        foreach (var (vm, index) in world["vms"].Take(Assigned).Select(static (vm, index) => (vm, index)))
        {
            (addresses[index + 1]["state"], addresses[index + 1]["vm_id"]) = ("assigned", vm.Text("id"));
            vm["ip"] = addresses[index + 1].Text("address");
        }

        addresses[Assigned + 1]["state"] = "conflict";
        addresses[Assigned + 1]["note"] = "two machines answer";
        (addresses[0]["state"], addresses[0]["note"]) = ("reserved", "gateway");
    }

    /// <summary>Makes a subnet with all of its addresses, and gives its id back.</summary>
    public static string Subnet(PxWorld world, string pool, string cidr, int? vlan)
    {
        var (first, count) = Range(cidr);
        var id = PlaceSeed.Add(world, "subnets", new JsonObject { ["pool"] = pool, ["cidr"] = cidr, ["vlan"] = vlan, ["used"] = 0, ["total"] = count });
        for (var offset = 1; offset <= count; offset++)
        {
            PlaceSeed.Add(world, "addresses", new JsonObject { ["address"] = Text(first + (uint)offset), ["subnet"] = id, ["state"] = "free", ["vm_id"] = null, ["note"] = null });
        }

        return id;
    }

    /// <summary>The network's own address and how many hosts fit; 0 hosts where it is no range of 20 to 30 bits.</summary>
    public static (uint First, int Hosts) Range(string cidr)
    {
        var parts = cidr.Split('/');
        return parts.Length == 2 && System.Net.IPAddress.TryParse(parts[0], out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is >= 20 and <= 30
            ? (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) & (uint.MaxValue << (32 - bits)), (1 << (32 - bits)) - 2)
            : (0, 0);
    }

    private static JsonObject Pool(string name, string cidr, string gateway) => new()
    {
        ["name"] = name,
        ["cidr"] = cidr,
        ["gateway"] = gateway,
        ["dns"] = Objects.Words("192.0.2.53"),
        ["description"] = null,
    };

    private static string Text(uint address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
}
