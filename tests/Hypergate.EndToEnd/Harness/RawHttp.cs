using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hypergate.EndToEnd.Harness;

/// <summary>Requests in raw bytes, as an attacker would send them; answers as they stand on the wire.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Sends a request and reads until the server closes.</summary>
    /// <param name="head">Request line and header lines, without the empty line.</param>
    public static async Task<RawAnswer> AskAsync(int port, string head, string body = "")
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new(await reader.ReadToEndAsync(limit.Token));
    }

    /// <summary>A request of MCP, 2026-07-28, whose header lines beside the usual ones are given.</summary>
    public static Task<RawAnswer> PostAsync(int port, string lines, string body, string method = "tools/call", string? name = null, string path = "/mcp") => AskAsync(
        port,
        $"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nAccept: {McpPost.Both}\r\nMCP-Protocol-Version: {StdioSession.New}\r\nMcp-Method: {method}"
            + (name is null ? "" : $"\r\nMcp-Name: {name}") + (lines.Length == 0 ? "" : $"\r\n{lines}"),
        body);
}

/// <summary>All that came back.</summary>
internal sealed record RawAnswer(string Text)
{
    /// <summary>Of the status line; 0 where nothing came back.</summary>
    public int Status => Text.Split(' ', 3) is [_, var status, ..] && int.TryParse(status, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>What stands before the empty line.</summary>
    public string Head => Text.Split("\r\n\r\n", 2)[0];

    public string Body => Text.Split("\r\n\r\n", 2) is [_, var body] ? body : "";
}
