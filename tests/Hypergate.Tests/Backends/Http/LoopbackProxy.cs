using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hypergate.Tests.Backends.Http;

/// <summary>A forward proxy: CONNECT for tunnels, absolute addresses for plain HTTP. May ask for a Basic credential.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string? _credential;
    private readonly int? _refusal;
    private readonly Task _accepting;

    /// <param name="credential">As <c>user:password</c>.</param>
    /// <param name="refusal">A status that every request gets.</param>
    public LoopbackProxy(string? credential = null, int? refusal = null)
    {
        (_credential, _refusal) = (credential, refusal);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

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
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
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
                await ForwardAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // One of both ends went away.
            }
        }
    }

    private async Task ForwardAsync(NetworkStream near)
    {
        if (await RawRequest.ReadAsync(near, _end.Token) is not { } request)
        {
            return;
        }

        Requests.Enqueue(request);
        if (RefusalOf(request) is { } refusal)
        {
            await near.WriteAsync(refusal, _end.Token);
            return;
        }

        var isTunnel = request.Method == "CONNECT";
        var target = new Uri(isTunnel ? $"http://{request.Target}" : request.Target);
        using var far = new TcpClient();
        await far.ConnectAsync(target.Host, target.Port, _end.Token);
        var first = isTunnel ? "" : $"{request.Method} {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n\r\n";
        await far.GetStream().WriteAsync(Encoding.ASCII.GetBytes(first), _end.Token);
        if (isTunnel)
        {
            await near.WriteAsync("HTTP/1.1 200 Established\r\n\r\n"u8.ToArray(), _end.Token);
        }

        await Task.WhenAny(near.CopyToAsync(far.GetStream(), _end.Token), far.GetStream().CopyToAsync(near, _end.Token));
    }

    private byte[]? RefusalOf(RawRequest request)
    {
        if (_refusal is { } status)
        {
            return LoopbackServer.Reply(status, "no");
        }

        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(_credential ?? ""));
        return _credential is null || request.Header("Proxy-Authorization") == expected
            ? null
            : LoopbackServer.Reply(407, "who?", "Proxy-Authenticate: Basic realm=\"proxy\"");
    }
}
