using System.Buffers;
using System.IO.Compression;

namespace Hypergate.Backends.Http;

/// <summary>
/// Reads a body whole. Unpacks it here and not in the handler, because only so the sizes before and after are both known.
/// </summary>
internal static class BodyReader
{
    /// <summary>The packings that we ask for and understand.</summary>
    public const string AcceptedEncodings = "gzip, br";

    /// <summary>What to ask an address for. Packing what does not leave this machine costs both sides time and saves nothing.</summary>
    public static string EncodingsFrom(Uri address) => address.IsLoopback ? "identity" : AcceptedEncodings;

    /// <summary>JSON packs to a tenth or a thirtieth; series of zeros to a hundredth; only bombs beyond that.</summary>
    private const int MaxRatio = 250;

    /// <summary>Below this size the ratio says nothing and does no harm.</summary>
    private const int RatioMattersFrom = 4 * 1024 * 1024;

    private const int ChunkBytes = 64 * 1024;

    /// <exception cref="BodyRefusedException">It is larger than the limit, a bomb, or packed in a way that we did not ask for.</exception>
    /// <exception cref="IOException">The connection ended before the body did.</exception>
    /// <exception cref="InvalidDataException">The packed data is broken.</exception>
    public static async Task<(ReadOnlyMemory<byte> Body, long WireBytes)> ReadAsync(
        HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            throw BodyRefusedException.TooLarge(maxBytes);
        }

        using var wire = new CountingStream(await content.ReadAsStreamAsync(cancellationToken));
        await using var plain = Unpacked(content.Headers.ContentEncoding, wire);
        if (plain == wire && content.Headers.ContentLength is > ChunkBytes and var known)
        {
            return (await WholeAsync(wire, (int)known, cancellationToken), wire.Count);
        }

        var chunks = new List<byte[]>();
        try
        {
            var length = await FillAsync(chunks, plain, wire, maxBytes, cancellationToken);
            return (Joined(chunks, length), wire.Count);
        }
        catch (InvalidOperationException exception) when (plain is BrotliStream)
        {
            // GZipStream calls broken data InvalidDataException, BrotliStream calls it this.
            throw new InvalidDataException(exception.Message, exception);
        }
        finally
        {
            chunks.ForEach(static chunk => ArrayPool<byte>.Shared.Return(chunk));
        }
    }

    /// <summary>The body as it comes, unpacked.</summary>
    /// <exception cref="BodyRefusedException">It is packed in a way that we did not ask for.</exception>
    public static Stream Open(HttpContent content, Stream wire) => Unpacked(content.Headers.ContentEncoding, wire);

    // The connection itself sees to it that there are as many bytes as were announced.
    private static async Task<byte[]> WholeAsync(CountingStream wire, int length, CancellationToken cancellationToken)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        await wire.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    private static async Task<int> FillAsync(
        List<byte[]> chunks, Stream plain, CountingStream wire, int maxBytes, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            chunks.Add(chunk);
            var read = await plain.ReadAtLeastAsync(chunk.AsMemory(0, ChunkBytes), ChunkBytes, false, cancellationToken);
            length += read;
            if (length > maxBytes)
            {
                throw BodyRefusedException.TooLarge(maxBytes);
            }

            if (length > RatioMattersFrom && length / MaxRatio > wire.Count)
            {
                throw BodyRefusedException.Bomb(MaxRatio);
            }

            if (read < ChunkBytes)
            {
                return length;
            }
        }
    }

    private static byte[] Joined(List<byte[]> chunks, int length)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        for (var (index, start) = (0, 0); start < length; index++, start += ChunkBytes)
        {
            chunks[index].AsSpan(0, Math.Min(ChunkBytes, length - start)).CopyTo(body.AsSpan(start));
        }

        return body;
    }

    private static Stream Unpacked(ICollection<string> encodings, Stream wire) => encodings switch
    {
        { Count: 0 } => wire,
        { Count: 1 } => encodings.First().ToLowerInvariant() switch
        {
            "identity" => wire,
            "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress),
            "br" => new BrotliStream(wire, CompressionMode.Decompress),
            _ => throw BodyRefusedException.UnknownEncoding(),
        },
        _ => throw BodyRefusedException.UnknownEncoding(),
    };
}
