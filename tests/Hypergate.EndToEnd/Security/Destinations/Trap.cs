using System.Net.Sockets;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Security.Destinations;

/// <summary>A server on every address of this machine, of both kinds, that counts who comes and says nothing.</summary>
internal sealed class Trap : IAsyncDisposable
{
    private readonly SocketServer _server = new(static _ => Task.CompletedTask, TcpListener.Create(0));

    public int Port => _server.Port;

    public int Connections => _server.Connections;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
