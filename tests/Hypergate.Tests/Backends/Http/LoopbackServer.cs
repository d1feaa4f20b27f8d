using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hypergate.Tests.Shared;

namespace Hypergate.Tests.Backends.Http;

/// <summary>A server on a real socket that answers each connection's one request with given bytes.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly SocketServer _server;
    private readonly Func<RawRequest, int, byte[]?> _answer;
    private readonly byte[] _beforeWaiting;
    private readonly byte[] _greeting;
    private readonly X509Certificate2? _certificate;
    private int _count;

    private LoopbackServer(
        Func<RawRequest, int, byte[]?> answer, byte[]? beforeWaiting = null, byte[]? greeting = null, X509Certificate2? certificate = null)
    {
        (_answer, _beforeWaiting, _greeting, _certificate) = (answer, beforeWaiting ?? [], greeting ?? [], certificate);
        _server = new(ServeAsync);
    }

    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    public int Connections => _server.Connections;

    public int Port => _server.Port;

    public Uri Address => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}");

    /// <summary>A server that answers the n-th request with the n-th answer, and all further ones with the last.</summary>
    public static LoopbackServer Answering(params byte[][] answers) => new((_, n) => answers[Math.Min(n, answers.Length - 1)]);

    /// <summary>A server whose answer depends on the request and its number; null keeps the client waiting for ever.</summary>
    /// <param name="beforeWaiting">What a client gets that is then kept waiting.</param>
    public static LoopbackServer Answering(Func<RawRequest, int, byte[]?> answer, byte[]? beforeWaiting = null) =>
        new(answer, beforeWaiting);

    /// <summary>A server that reads the request and ends the connection.</summary>
    public static LoopbackServer Dropping() => new(static (_, _) => []);

    /// <summary>A server that speaks first, as those of other protocols do.</summary>
    public static LoopbackServer Greeting(byte[] greeting) => new(static (_, _) => [], greeting: greeting);

    public static LoopbackServer Secure(X509Certificate2 certificate, Func<RawRequest, int, byte[]?>? answer = null) =>
        new(answer ?? ((_, _) => Reply(200, "{}")), certificate: certificate);

    /// <summary>An answer with a length, after which the connection ends.</summary>
    public static byte[] Reply(int status, string body, params string[] headers) =>
        [.. Head(status, [$"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers]), .. Encoding.UTF8.GetBytes(body)];

    /// <summary>The head of an answer with its blank line.</summary>
    public static byte[] Head(int status, params string[] headers) =>
        Encoding.ASCII.GetBytes(string.Concat(
            [$"HTTP/1.1 {status} Status\r\n", .. headers.Select(header => header + "\r\n"), "Connection: close\r\n\r\n"]));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream client)
    {
        await client.WriteAsync(_greeting, _server.Ending);
        await using var stream = await SecuredAsync(client);
        if (await RawRequest.ReadAsync(stream, _server.Ending) is not { } request)
        {
            return;
        }

        var answer = _answer(request, Interlocked.Increment(ref _count) - 1);
        Requests.Enqueue(request);
        await stream.WriteAsync(answer ?? _beforeWaiting, _server.Ending);
        await Task.Delay(answer is null ? Timeout.Infinite : 0, _server.Ending);
    }

    private async Task<Stream> SecuredAsync(NetworkStream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _server.Ending);
        return secure;
    }
}
