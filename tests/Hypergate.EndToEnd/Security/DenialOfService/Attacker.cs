using Hypergate.EndToEnd.Harness;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>A client in raw bytes from an address of its own, so that what it costs itself costs nobody else.</summary>
internal sealed class Attacker : IDisposable
{
    private static readonly IPAddress Own = IPAddress.Parse("127.0.0.2");
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private readonly int _port;
    private readonly TcpClient _client = new(new IPEndPoint(Own, 0));
    private readonly CancellationTokenSource _limit = new(Longest);

    // Stays readable when the other side has closed.
    private NetworkStream? _stream;

    /// <param name="port">Where the gateway is.</param>
    /// <param name="buffer">How many bytes the system takes in for a reader who does not read; null for what is usual.</param>
    public Attacker(int port, int? buffer = null)
    {
        _port = port;
        if (buffer is { } bytes)
        {
            _client.ReceiveBufferSize = bytes;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _limit.Dispose();
    }

    public static string Head(int port, string? key, string lines = "", string method = "POST", string path = "/mcp") =>
        $"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
            + (key is null ? "" : $"\r\nX-API-Key: {key}") + (lines.Length == 0 ? "" : $"\r\n{lines}");

    public async Task ConnectAsync()
    {
        await _client.ConnectAsync(IPAddress.Loopback, _port, _limit.Token);
        _stream = _client.GetStream();
    }

    /// <summary>Sends a whole request and reads to the end of the connection.</summary>
    public async Task<RawAnswer> AskAsync(string head, ReadOnlyMemory<byte> body)
    {
        await ConnectAsync();
        await SendAsync(Encoding.ASCII.GetBytes($"{head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await SendAsync(body);
        return await ReadAsync();
    }

    /// <summary>Sends the same again and again without reading; gives how many bytes the other side took until it had enough.</summary>
    public async Task<long> SendWithoutEndAsync(ReadOnlyMemory<byte> bytes, long most = long.MaxValue)
    {
        var sent = 0L;
        while (sent < most && await SendAsync(bytes))
        {
            sent += bytes.Length;
        }

        return sent;
    }

    /// <returns>False where the other side has closed.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream!.WriteAsync(bytes, _limit.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>What comes until the other side closes.</summary>
    public async Task<RawAnswer> ReadAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _stream!.ReadAsync(buffer, _limit.Token) is > 0 and var read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Closed without ceremony.
        }

        return new(text.ToString());
    }

    /// <summary>The first line that comes.</summary>
    public async Task<string> LineAsync()
    {
        var reader = new StreamReader(_stream!, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadLineAsync(_limit.Token) ?? "";
    }
}
