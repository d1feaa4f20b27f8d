namespace Hypergate.Backends.Http;

/// <summary>Reads through to another stream and counts, so that packed and unpacked sizes can be compared.</summary>
internal sealed class CountingStream(Stream inner) : ReadThroughStream(inner)
{
    public long Count { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Counted(Inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(Inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await Inner.ReadAsync(buffer, cancellationToken));

    private int Counted(int read)
    {
        Count += read;
        return read;
    }
}
