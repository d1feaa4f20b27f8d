using System.Globalization;
using System.Net;

namespace Hypergate.Host.Mcp.Http;

/// <summary>Where the gateway listens.</summary>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>127.0.0.1:8420</c>, <c>[::1]:8420</c>, <c>localhost:8420</c>; null for anything else. A port of 0 takes a free one.</summary>
    public static ListenAddress? TryRead(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var host = text[..colon];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return new(IPAddress.Loopback, port);
        }

        var isBracketed = host is ['[', .., ']'];
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address)
            && isBracketed == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            && host.All(static character => character is '.' or ':' or '[' or ']' || char.IsAsciiHexDigit(character))
            ? new(address, port)
            : null;
    }

    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
