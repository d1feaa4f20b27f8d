using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// The time between the wish to stop and the end of listening. Who deals requests out over several gateways is told that none should come here
/// any more (<c>/healthz/ready</c>), and those that still come are answered, on connections that end with the answer.
/// </summary>
/// <param name="length">How long it takes.</param>
/// <param name="time">For that.</param>
internal sealed class Drain(TimeSpan length, TimeProvider time)
{
    /// <summary>Who asks less often than that does not deal out by what it hears.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly long _start = time.GetTimestamp();
    private long _asked;
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    /// <summary>Notes that somebody asks whether requests may come here.</summary>
    public void NoteQuestion() => Volatile.Write(ref _asked, Math.Max(1, time.GetTimestamp() - _start));

    /// <summary>Lets the connection of a request end with its answer, once it has begun.</summary>
    public void Close(HttpContext http)
    {
        if (_hasBegun && HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    /// <summary>Ends when all may be over; at once where nobody has asked, for then nobody is there to be told.</summary>
    public async Task RunAsync()
    {
        _hasBegun = true;
        if (Volatile.Read(ref _asked) is > 0 and var asked && time.GetElapsedTime(_start + asked) < Memory)
        {
            await Task.Delay(length, time);
        }
    }
}
