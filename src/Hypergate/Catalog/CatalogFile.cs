using System.Text;

namespace Hypergate.Catalog;

/// <summary>
/// The form of a remembered catalog: one line with the form's number and a checksum, then JSON. The checksum begins with
/// the build that wrote it: another build may read descriptions otherwise, so its files are not used.
/// </summary>
internal static class CatalogFile
{
    private const string Form = "hypergate-catalog 1";

    public static byte[] Write(BackendCatalog catalog, Uri address) => WithHeading(CatalogWriter.Write(catalog, address));

    public static byte[] WithHeading(byte[] json) => [.. Heading(json), .. json];

    /// <exception cref="FormatException">The content is not what its heading promised.</exception>
    public static CachedCatalog Read(byte[] bytes, string backend, Uri address)
    {
        var end = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        var json = bytes.AsMemory(end);
        if (!bytes.AsSpan(0, end).SequenceEqual(Heading(json.Span)))
        {
            return CachedCatalog.Nothing("the remembered catalog is damaged, or another build of Hypergate wrote it");
        }

        var (catalog, from) = CatalogReader.Read(json);
        if (catalog.Backend != backend || from != address.AbsoluteUri)
        {
            return CachedCatalog.Nothing("what is remembered under this name came from another address");
        }

        return new CachedCatalog(catalog, null);
    }

    private static byte[] Heading(ReadOnlySpan<byte> json) =>
        Encoding.ASCII.GetBytes($"{Form} {Checksum(json):x16}\n");

    // FNV-1a over 64 bits: finds damage. It is no guard against somebody who may write the user's own files.
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> build = stackalloc byte[16];
        typeof(CatalogFile).Module.ModuleVersionId.TryWriteBytes(build);
        return Continue(Continue(14695981039346656037UL, build), bytes);
    }

    private static ulong Continue(ulong sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            sum = (sum ^ value) * 1099511628211UL;
        }

        return sum;
    }
}
