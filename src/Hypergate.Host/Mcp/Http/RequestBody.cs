using Hypergate.Backends.Http;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// The body of a request, of which no more is read than the settings allow. The server underneath takes in a little more: it drops what a client still sends after its
/// answer, for five seconds at most, since most clients read no answer before they have sent everything, and a connection that is closed before takes the answer along.
/// </summary>
/// <param name="inner">The server's.</param>
/// <param name="announced">Its length, where the client says it.</param>
/// <param name="most">How many bytes are read.</param>
internal sealed class RequestBody(Stream inner, long? announced, long most) : ReadThroughStream(inner)
{
    /// <summary>What is dropped beyond the limit before the connection is closed.</summary>
    public const long Room = 32 * 1024 * 1024;

    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (announced <= most || announced is null)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            if ((_read += read) <= most)
            {
                return read;
            }
        }

        throw new BadHttpRequestException($"The body is longer than {most} bytes (http.limits.bodyBytes).", StatusCodes.Status413PayloadTooLarge);
    }
}
