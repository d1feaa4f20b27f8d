using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hypergate.Backends.Http;

/// <summary>
/// One entry of <c>NO_PROXY</c>: <c>*</c>, an exact host, <c>.suffix</c> or <c>*.suffix</c> (sub-domains, not the bare
/// domain), an address, or a range such as <c>10.0.0.0/8</c>; each may end in <c>:port</c>.
/// </summary>
internal sealed class ProxyBypass
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/*:@[] \t");

    private readonly string _host;
    private readonly int? _port;
    private readonly IPAddress? _network;
    private readonly int _prefixBits;

    private ProxyBypass(string host, int? port, IPAddress? network, int prefixBits) =>
        (_host, _port, _network, _prefixBits) = (host, port, network, prefixBits);

    /// <summary>Null where the entry has none of the forms.</summary>
    public static ProxyBypass? TryRead(string entry)
    {
        if (SplitPort(entry) is not var (host, port) || host == "")
        {
            return null;
        }

        if (TryReadNetwork(host, out var network, out var prefixBits))
        {
            return new(host, port, network, prefixBits);
        }

        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
        var isName = name == "*" || (name.TrimStart('.') != "" && !name.AsSpan().ContainsAny(NotInNames));
        return isName ? new(name.TrimEnd('.'), port, null, 0) : null;
    }

    /// <summary>Whether requests to this address go past the proxy. Looks up no names.</summary>
    public bool Covers(Uri address)
    {
        if (_port is { } port && port != address.Port)
        {
            return false;
        }

        var host = address.IdnHost.TrimEnd('.');
        return _host switch
        {
            _ when _network is not null => IPAddress.TryParse(host, out var ip) && InNetwork(ip),
            "*" => true,
            ['.', ..] => host.Length > _host.Length && host.EndsWith(_host, StringComparison.OrdinalIgnoreCase),
            _ => host.Equals(_host, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static (string Host, int? Port)? SplitPort(string entry)
    {
        var bracket = entry.IndexOf(']', StringComparison.Ordinal);
        var colon = entry.LastIndexOf(':');
        if (entry.StartsWith('[') && bracket > 0)
        {
            var inside = entry[1..bracket];
            return entry[(bracket + 1)..] switch
            {
                "" => (inside, null),
                [':', .. var digits] => WithPort(inside, digits),
                ['/', ..] range => (inside + range, null),
                _ => null,
            };
        }

        var hasPort = colon >= 0 && entry.IndexOf(':', StringComparison.Ordinal) == colon;
        return hasPort ? WithPort(entry[..colon], entry[(colon + 1)..]) : (entry, null);
    }

    private static (string Host, int? Port)? WithPort(string host, string digits) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (host, port) : null;

    private static bool TryReadNetwork(string text, out IPAddress? network, out int prefixBits)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        prefixBits = 0;
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out network))
        {
            return false;
        }

        var most = network.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        prefixBits = most;
        return slash < 0
            || (int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefixBits)
                && prefixBits <= most);
    }

    private bool InNetwork(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 && _network!.AddressFamily == AddressFamily.InterNetwork)
        {
            address = address.MapToIPv4();
        }

        var (own, other) = (_network!.GetAddressBytes(), address.GetAddressBytes());
        if (own.Length != other.Length)
        {
            return false;
        }

        for (var (index, bits) = (0, _prefixBits); bits > 0; index++, bits -= 8)
        {
            var mask = bits >= 8 ? 0xFF : 0xFF << (8 - bits) & 0xFF;
            if (((own[index] ^ other[index]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
