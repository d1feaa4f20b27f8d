using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Events;

/// <summary>Text on its way to one client of an endless answer. A client that lets too much pile up is cut off.</summary>
internal sealed class OutputQueue(int mostBytes)
{
    private readonly Channel<byte[]> _parts = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private int _bytes;

    public void Post(string text)
    {
        var part = Encoding.UTF8.GetBytes(text);
        if (Interlocked.Add(ref _bytes, part.Length) > mostBytes)
        {
            _parts.Writer.TryComplete();
            return;
        }

        _parts.Writer.TryWrite(part);
    }

    /// <summary>Sends until the client goes, or is cut off because it reads too slowly.</summary>
    public async Task SendAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await http.Response.StartAsync(cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
        while (await _parts.Reader.WaitToReadAsync(cancellationToken) && Volatile.Read(ref _bytes) <= mostBytes)
        {
            while (_parts.Reader.TryRead(out var part))
            {
                await http.Response.Body.WriteAsync(part, cancellationToken);
                await http.Response.Body.FlushAsync(cancellationToken);
                Interlocked.Add(ref _bytes, -part.Length);
            }
        }

        http.Abort();
    }
}
