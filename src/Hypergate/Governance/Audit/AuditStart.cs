using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>Where the chain begins after old segments were deleted, signed, so that nobody else shortens it unseen.</summary>
/// <param name="Segment">The number of the first segment that is kept.</param>
/// <param name="Sequence">The number of the last record before it.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record AuditStart(int Segment, long Sequence, string Hash)
{
    private string Signed => string.Create(CultureInfo.InvariantCulture, $"start {Segment} {Sequence} {Hash}");

    /// <summary>Null where there is no such file; its signature is right where a key can tell.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or its signature is wrong.</exception>
    public static AuditStart? Read(string path, AuditKey? key)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var start = new AuditStart(root.GetProperty("segment").GetInt32(), root.GetProperty("seq").GetInt64(), root.GetProperty("hash").GetString()!);
            return key?.Verify(start.Signed, root.GetProperty("mac").GetString()) == false ? throw new InvalidDataException("its signature is not this gateway's") : start;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("it cannot be read", exception);
        }
    }

    public void Write(string path, AuditKey key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{{\"segment\":{Segment},\"seq\":{Sequence},\"hash\":\"{Hash}\",\"mac\":\"{key.Sign(Signed)}\"}}\n");
        var next = $"{path}.next";
        File.Delete(next);
        using (var file = AuditFolder.Open(next, FileMode.CreateNew))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
