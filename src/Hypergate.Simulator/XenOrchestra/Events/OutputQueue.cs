using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Events;

/// <summary>Text on its way to one client of an endless answer. A client that lets too much pile up is cut off.</summary>
internal sealed class OutputQueue(int mostBytes)
{
    private readonly Channel<byte[]> _parts = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _isFull = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _bytes;

    public void Post(string text)
    {
        var part = Encoding.UTF8.GetBytes(text);
        if (Interlocked.Add(ref _bytes, part.Length) > mostBytes)
        {
            _isFull.TrySetResult();
            return;
        }

        _parts.Writer.TryWrite(part);
    }

    /// <summary>Sends until the client goes, or is cut off because it reads too slowly.</summary>
    public async Task SendAsync(HttpContext http)
    {
        var sending = SendPartsAsync(http);
        await Task.WhenAny(sending, _isFull.Task);

        // A write to a client that does not read never ends by itself.
        http.Abort();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendPartsAsync(HttpContext http)
    {
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await foreach (var part in _parts.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            Interlocked.Add(ref _bytes, -part.Length);
        }
    }
}
