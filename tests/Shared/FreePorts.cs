using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Hypergate.Tests.Shared;

/// <summary>
/// Ports of 127.0.0.1 on which nobody listens, from below those that the system gives out by itself: whoever is told one has it to themselves
/// until they use it.
/// </summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static uint _turn = (uint)RandomNumberGenerator.GetInt32(Count);

    /// <summary>Another one at each call.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)(Interlocked.Increment(ref _turn) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody is there; the next.
            }
        }
    }
}
