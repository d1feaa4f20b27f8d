using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>A platform on a real socket that does its callers harm, each path in its own way.</summary>
internal sealed class HostilePlatform : IAsyncDisposable
{
    private const string Json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private static readonly byte[] Zeros = new byte[64 * 1024];

    private readonly SocketServer _server;

    public HostilePlatform()
    {
        // So that whoever is not read from notices soon.
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Server.ReceiveBufferSize = 4096;
        _server = new(ServeAsync, listener);
    }

    public Uri Address => new($"http://127.0.0.1:{_server.Port}");

    /// <summary>How often each path was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Request lines and headers as they came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream)
    {
        var head = await HeadAsync(stream);
        Heads.Enqueue(head);
        if (head.Split(' ') is [_, var target, ..])
        {
            var path = target.Split('?')[0];
            Asked.AddOrUpdate(path, 1, static (_, count) => count + 1);
            await AnswerAsync(path, Asked[path], stream);
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _server.Ending) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task AnswerAsync(string path, int number, NetworkStream stream)
    {
        switch (path)
        {
            case "/big":
                await SayAsync(stream, $"{Json}\r\n[");
                await WithoutEndAsync(() => SayAsync(stream, new string('1', 64 * 1024)));
                break;
            case "/deep":
                await SayAsync(stream, $"{Json}\r\n{new string('[', 1_000_000)}");
                break;
            case "/headers":
                await SayAsync(stream, Json);
                await WithoutEndAsync(() => SayAsync(stream, string.Concat(Enumerable.Range(0, 1000).Select(static n => $"X-{n}: {n}\r\n"))));
                break;
            case "/slow-headers":
                await SayAsync(stream, Json);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _server.Ending);
                break;
            case "/bomb":
                await SayAsync(stream, $"{Json}Content-Encoding: gzip\r\n\r\n");
                await using (var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
                {
                    await WithoutEndAsync(() => packed.WriteAsync(Zeros, _server.Ending).AsTask());
                }

                break;
            case "/pages":
                await SayAsync(stream, $$"""{{Json}}{{"\r\n"}}{"data":[{"id":{{number}}}],"next":"{{number + 1}}"}""");
                break;
            case "/good":
                await SayAsync(stream, $$"""{{Json}}{{"\r\n"}}{"name":"good"}""");
                break;
            default:
                // It neither reads nor answers.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _server.Ending);
                break;
        }
    }

    private async Task WithoutEndAsync(Func<Task> say)
    {
        while (!_server.Ending.IsCancellationRequested)
        {
            await say();
        }
    }

    private Task SayAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _server.Ending).AsTask();
}
