using System.Net;
using System.Net.Sockets;

namespace Hypergate.Backends.Http;

/// <summary>Opens connections only to addresses that may be reached. Looked at when the connection is made, so that a name that changes its mind leads nowhere.</summary>
internal static class GuardedConnection
{
    /// <exception cref="HttpRequestException">An address of the name may not be reached, or nobody answers.</exception>
    public static async ValueTask<Stream> OpenAsync(
        DnsEndPoint target, Func<IPAddress, bool> mayReach, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken);
        if (addresses.Length == 0 || Array.Find(addresses, address => !mayReach(address)) is not null)
        {
            throw new SocketException((int)SocketError.AccessDenied);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
