using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Backends.Http;

/// <summary>A forward proxy: CONNECT for tunnels, absolute addresses for plain HTTP. May ask for a Basic credential.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly SocketServer _server;
    private readonly string? _credential;
    private readonly int? _refusal;

    /// <param name="credential">As <c>user:password</c>.</param>
    /// <param name="refusal">A status that every request gets.</param>
    public LoopbackProxy(string? credential = null, int? refusal = null)
    {
        (_credential, _refusal) = (credential, refusal);
        _server = new(ForwardAsync);
    }

    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    public string Authority => $"127.0.0.1:{_server.Port}";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ForwardAsync(NetworkStream near)
    {
        if (await RawRequest.ReadAsync(near, _server.Ending) is not { } request)
        {
            return;
        }

        Requests.Enqueue(request);
        if (RefusalOf(request) is { } refusal)
        {
            await near.WriteAsync(refusal, _server.Ending);
            return;
        }

        var isTunnel = request.Method == "CONNECT";
        var target = new Uri(isTunnel ? $"http://{request.Target}" : request.Target);
        using var far = new TcpClient();
        await far.ConnectAsync(target.Host, target.Port, _server.Ending);
        var first = isTunnel ? "" : $"{request.Method} {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n\r\n";
        await far.GetStream().WriteAsync(Encoding.ASCII.GetBytes(first), _server.Ending);
        if (isTunnel)
        {
            await near.WriteAsync("HTTP/1.1 200 Established\r\n\r\n"u8.ToArray(), _server.Ending);
        }

        await Task.WhenAny(near.CopyToAsync(far.GetStream(), _server.Ending), far.GetStream().CopyToAsync(near, _server.Ending));
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
