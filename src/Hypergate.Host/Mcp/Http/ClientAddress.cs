using System.Net;
using Hypergate.Host.Authentication;
using Microsoft.Extensions.Primitives;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// Where a request comes from: the address of the connection, or, where that is a trusted proxy's, what the proxy says in <c>X-Forwarded-For</c>. Read from the right, one
/// proxy after the other: what stands left of the first address that is no trusted proxy's was written by whoever asks, and counts for nothing.
/// </summary>
internal static class ClientAddress
{
    public const string Header = "X-Forwarded-For";

    /// <param name="connection">The other end of the connection.</param>
    /// <param name="forwarded">The header, in all its lines.</param>
    /// <param name="trusted">Networks of proxies, in CIDR notation, or single addresses.</param>
    public static IPAddress? Of(IPAddress? connection, StringValues forwarded, IReadOnlyList<string> trusted)
    {
        var address = connection;
        if (trusted.Count == 0 || forwarded.Count == 0 || !IsTrusted(address, trusted))
        {
            return address;
        }

        var hops = forwarded.ToString().Split(',', StringSplitOptions.TrimEntries);
        for (var at = hops.Length - 1; at >= 0 && IsTrusted(address, trusted); at--)
        {
            // What cannot be read ends the row: the last proxy that is known stands for whoever is behind it.
            if (Read(hops[at]) is not { } before)
            {
                break;
            }

            address = before;
        }

        return address;
    }

    /// <summary>An address for people; empty where there is none.</summary>
    public static string Text(IPAddress? address) => address is null ? "" : Networks.Plain(address).ToString();

    private static bool IsTrusted(IPAddress? address, IReadOnlyList<string> trusted) => address is not null && Networks.Hold(trusted, address);

    // Some proxies write the port as well: 192.0.2.1:4711, [2001:db8::1]:4711.
    private static IPAddress? Read(string hop) => IPEndPoint.TryParse(hop, out var end) ? Networks.Plain(end.Address) : null;
}
