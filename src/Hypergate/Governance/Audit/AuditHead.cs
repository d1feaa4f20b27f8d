using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>
/// Where the chain ends, kept in a file of its own, so that records cut off the end are missed. Written by who holds the lock of
/// the log alone.
/// </summary>
/// <param name="Sequence">The number of the last record; 0 before the first.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Segment">The number of the segment it is in.</param>
/// <param name="Bytes">The length of that segment.</param>
internal sealed record AuditHead(long Sequence, string Hash, int Segment, long Bytes)
{
    /// <summary>The signature that was read; null where there is none.</summary>
    public string? Mac { get; init; }

    /// <summary>What is signed.</summary>
    public string Signed => string.Create(CultureInfo.InvariantCulture, $"head {Sequence} {Hash} {Segment} {Bytes}");

    private const int FileLength = 256;
    private byte[]? _written;

    /// <summary>The end of an empty chain.</summary>
    public static AuditHead Empty { get; } = new(0, AuditLine.Genesis, 0, 0);

    /// <summary>Null where the file is empty or unreadable.</summary>
    public static AuditHead? Read(SafeFileHandle file)
    {
        Span<byte> content = stackalloc byte[FileLength];
        var length = RandomAccess.Read(file, content, 0);
        try
        {
            using var document = JsonDocument.Parse(content[..length].ToArray());
            var root = document.RootElement;
            return new(
                root.GetProperty("seq").GetInt64(),
                root.GetProperty("hash").GetString()!,
                root.GetProperty("segment").GetInt32(),
                root.GetProperty("bytes").GetInt64())
            {
                Mac = root.TryGetProperty("mac", out var mac) ? mac.GetString() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Overwrites the file in one write of always the same length, within one block of the disk.</summary>
    /// <param name="file">Held by the writer alone.</param>
    /// <param name="key">Null for an unsigned one.</param>
    /// <returns>Itself.</returns>
    public AuditHead Write(SafeFileHandle file, AuditKey? key)
    {
        var mac = key is null ? "" : $",\"mac\":\"{key.Sign(Signed)}\"";
        var content = new byte[FileLength];
        content.AsSpan().Fill((byte)' ');
        content[^1] = (byte)'\n';
        Utf8.TryWrite(content, CultureInfo.InvariantCulture, $"{{\"seq\":{Sequence},\"hash\":\"{Hash}\",\"segment\":{Segment},\"bytes\":{Bytes}{mac}}}", out _);
        RandomAccess.Write(file, content, 0);
        _written = content;
        return this;
    }

    /// <summary>Whether the file holds what this head has written, and nothing else.</summary>
    public bool IsWrittenIn(SafeFileHandle file)
    {
        Span<byte> content = stackalloc byte[FileLength + 1];
        var length = RandomAccess.Read(file, content, 0);
        return _written is { } written && content[..length].SequenceEqual(written);
    }
}
