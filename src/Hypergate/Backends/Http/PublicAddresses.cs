using System.Net;
using System.Net.Sockets;

namespace Hypergate.Backends.Http;

/// <summary>Addresses of the open internet (rule R-DEST): what an address from a stranger may lead to.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        return !Closed.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
            && (Inner(address) is not { } inner || Contains(inner));
    }

    // Ways to write an IPv4 address into an IPv6 one: NAT64, 6to4, ISATAP.
    private static IPAddress? Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes.AsSpan(12)),
            [0x20, 0x02, ..] => new IPAddress(bytes.AsSpan(2, 4)),
            [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..] => new IPAddress(bytes.AsSpan(12)),
            _ => null,
        };
    }
}
