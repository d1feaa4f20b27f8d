using System.Net;
using System.Net.Sockets;

namespace Hypergate.EndToEnd.Security.Destinations;

/// <summary>A server on every address of this machine, of both kinds, that counts who comes and says nothing.</summary>
internal sealed class Trap : IAsyncDisposable
{
    private readonly TcpListener _listener = TcpListener.Create(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _connections;

    public Trap()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The end of the test.
        }
    }
}
