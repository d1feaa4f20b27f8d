using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>Somebody speaks plain HTTP on the port: he is sent to the same address with TLS, and the connection ends.</summary>
internal static class PlainHttp
{
    private const byte TlsHandshake = 0x16;

    public static async Task RedirectAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        var read = await input.ReadAsync(connection.ConnectionClosed);
        if (read.Buffer.IsEmpty || read.Buffer.FirstSpan[0] == TlsHandshake)
        {
            // Nothing consumed, nothing examined: the handshake reads it again.
            input.AdvanceTo(read.Buffer.Start);
            await next(connection);
            return;
        }

        var head = Encoding.ASCII.GetString(read.Buffer.ToArray());
        while (!head.Contains("\r\n\r\n", StringComparison.Ordinal) && !read.IsCompleted)
        {
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await input.ReadAsync(connection.ConnectionClosed);
            head = Encoding.ASCII.GetString(read.Buffer.ToArray());
        }

        input.AdvanceTo(read.Buffer.End);
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(Redirection(head)), connection.ConnectionClosed);
        await connection.Transport.Output.CompleteAsync();
    }

    private static string Redirection(string head)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        var host = lines.FirstOrDefault(static line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))?["Host:".Length..].Trim();
        var status = words[0] is "GET" or "HEAD" ? "301 Moved Permanently" : "308 Permanent Redirect";
        return $"HTTP/1.1 {status}\r\nLocation: https://{host}{words.ElementAtOrDefault(1)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    }
}
