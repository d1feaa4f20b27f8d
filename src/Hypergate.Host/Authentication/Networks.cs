using System.Net;

namespace Hypergate.Host.Authentication;

/// <summary>Networks as settings and keys name them: in CIDR notation (<c>10.1.0.0/16</c>, <c>fd00::/8</c>), or a single address.</summary>
internal static class Networks
{
    public static bool IsNetwork(string text) => NetworkOf(text) is not null;

    /// <summary>Whether one of the networks holds an address; a text that names no network holds none.</summary>
    public static bool Hold(IReadOnlyList<string> networks, IPAddress address) =>
        Plain(address) is var plain && networks.Any(text => NetworkOf(text) is { } network && network.Contains(plain));

    /// <summary>An IPv4 address that came through a socket for IPv6 (<c>::ffff:10.1.2.3</c>) as the IPv4 address that it is.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork? NetworkOf(string text) => IPNetwork.TryParse(text, out var network) ? network
        : !text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
