using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>A platform on a real socket that does its callers harm, each path in its own way.</summary>
internal sealed class HostilePlatform : IAsyncDisposable
{
    private const string Json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private static readonly byte[] Zeros = new byte[64 * 1024];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public HostilePlatform()
    {
        // So that whoever is not read from notices soon.
        _listener.Server.ReceiveBufferSize = 4096;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How often each path was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Request lines and headers as they came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var all = new List<Task>();
        try
        {
            while (true)
            {
                all.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await HeadAsync(stream);
                Heads.Enqueue(head);
                var target = head.Split(' ')[1];
                var path = target.Split('?')[0];
                Asked.AddOrUpdate(path, 1, static (_, count) => count + 1);
                await AnswerAsync(path, Asked[path], stream);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or IndexOutOfRangeException)
            {
                // Whoever asked has had enough.
            }
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _end.Token) == 1)
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
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                break;
            case "/bomb":
                await SayAsync(stream, $"{Json}Content-Encoding: gzip\r\n\r\n");
                await using (var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
                {
                    await WithoutEndAsync(() => packed.WriteAsync(Zeros, _end.Token).AsTask());
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
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                break;
        }
    }

    private async Task WithoutEndAsync(Func<Task> say)
    {
        while (!_end.IsCancellationRequested)
        {
            await say();
        }
    }

    private Task SayAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _end.Token).AsTask();
}
