using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;

namespace Hypergate.Host.Cli;

/// <summary>Waits on this machine for the browser that comes back from a login. Anything else that comes is turned away.</summary>
internal sealed class LoopbackRedirect : IDisposable
{
    private const string AnyPath = "/callback";
    private const int LongestHead = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly TimeProvider _time;

    /// <param name="wanted">The address that the login was told; null for a free port.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public LoopbackRedirect(Uri? wanted, TimeProvider time)
    {
        _time = time;
        _listener = new TcpListener(IPAddress.Loopback, wanted?.Port ?? 0);
        _listener.Start();
        Address = wanted ?? new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{AnyPath}");
    }

    public Uri Address { get; }

    /// <summary>Whether an address leads to this machine and nowhere else.</summary>
    public static bool IsLoopback(Uri address) => address is { Scheme: "http", IsLoopback: true, Port: > 0 } && (address.Host == "localhost" || address.HostNameType == UriHostNameType.IPv4);

    /// <summary>What the browser brings: the code, or why there is none.</summary>
    /// <param name="state">That must come back with it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<(string? Code, string? Problem)> WaitAsync(string state, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            if (await ReadAsync(client, cancellationToken) is not { } target)
            {
                continue;
            }

            var (path, query) = (target.Split('?')[0], HttpUtility.ParseQueryString(target.Contains('?', StringComparison.Ordinal) ? target[target.IndexOf('?', StringComparison.Ordinal)..] : ""));
            if (path != Address.AbsolutePath || query["state"] != state)
            {
                await ReplyAsync(client, "404 Not Found", "This is not the login that is waited for.", cancellationToken);
                continue;
            }

            var problem = query["code"] is { Length: > 0 } ? null : $"The consent was not given: {query["error"] ?? "no code came back"}{(query["error_description"] is { } more ? $" ({more})" : "")}";
            await ReplyAsync(client, "200 OK", problem ?? "The gateway has the consent. You may close this window.", cancellationToken);
            return (query["code"], problem);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task<string?> ReadAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (buffer, length) = (new byte[LongestHead], 0);
            while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
            {
                var read = await client.GetStream().ReadAsync(buffer.AsMemory(length), either.Token);
                if (read == 0)
                {
                    return null;
                }

                length += read;
            }

            return Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n")[0].Split(' ') is ["GET", var target, ..] ? target : null;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task ReplyAsync(TcpClient client, string status, string text, CancellationToken cancellationToken)
    {
        var page = $"<!doctype html><meta charset=utf-8><title>Hypergate</title><p>{HttpUtility.HtmlEncode(text)}";
        var reply = $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(page)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{page}";
        try
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(reply), cancellationToken);
        }
        catch (IOException)
        {
            // The browser went away; what it brought counts.
        }
    }
}
