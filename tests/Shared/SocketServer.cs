using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Hypergate.Tests.Shared;

/// <summary>Takes connections on a port of this machine and serves each on its own, until it is disposed.</summary>
public sealed class SocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Func<NetworkStream, Task> _serve;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="serve">Serves one connection, which ends with it; also when whoever asked has gone.</param>
    /// <param name="listener">Not started yet; by default at a free port of 127.0.0.1.</param>
    public SocketServer(Func<NetworkStream, Task> serve, TcpListener? listener = null)
    {
        (_serve, _listener) = (serve, listener ?? new TcpListener(IPAddress.Loopback, 0));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Cancelled when it ends.</summary>
    public CancellationToken Ending => _end.Token;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                clients.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or AuthenticationException)
            {
                // One of both ends went away, or the test ended.
            }
        }
    }
}
