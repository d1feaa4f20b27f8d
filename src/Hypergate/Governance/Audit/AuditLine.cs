using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hypergate.Governance.Audit;

/// <summary>
/// A record in its place in the chain: one JSON object without line ends, <c>{"v":1,"seq":…,"time":…,"prev":…, … ,"hash":…}</c>, and between
/// <c>prev</c> and <c>hash</c> what <see cref="AuditBody"/> spells. The hash is the SHA-256 of the line without the hash member, in lower-case
/// hexadecimal; <c>prev</c> is the hash of the line before.
/// </summary>
internal static class AuditLine
{
    /// <summary>Longer lines are never written and never read.</summary>
    public const int LongestLine = 256 * 1024;

    private const int HashLength = 64;
    private const int LongestStart = 256;
    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly int SealLength = HashMember.Length + HashLength + "\"}"u8.Length;

    /// <summary>What <c>prev</c> is in the first record.</summary>
    public static string Genesis { get; } = new('0', HashLength);

    /// <summary>The whole line with its line end, and its hash.</summary>
    public static (byte[] Line, string Hash) Seal(ReadOnlySpan<byte> body, long sequence, DateTimeOffset time, string previous)
    {
        Span<byte> start = stackalloc byte[LongestStart];
        var at = time.UtcDateTime; // In two parts: a format of one's own takes as long as the hash.
        Utf8.TryWrite(start, CultureInfo.InvariantCulture, $"{{\"v\":1,\"seq\":{sequence},\"time\":\"{at:s}.{at.Millisecond:D3}Z\",\"prev\":\"{previous}\",", out var length);
        var line = new byte[length + body.Length + SealLength + 1];
        start[..length].CopyTo(line);
        body.CopyTo(line.AsSpan(length));
        length += body.Length;

        // The hash is of the record as it would end without it.
        line[length] = (byte)'}';
        var hash = Convert.ToHexStringLower(SHA256.HashData(line.AsSpan(0, length + 1)));
        Utf8.TryWrite(line.AsSpan(length), CultureInfo.InvariantCulture, $",\"hash\":\"{hash}\"}}\n", out _);
        return (line, hash);
    }

    /// <summary>Reads a line without its line end; null where it is not a record or its hash does not fit its content.</summary>
    public static AuditLink? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SealLength || !line[^SealLength..].StartsWith(HashMember) || !line.EndsWith("\"}"u8))
        {
            return null;
        }

        byte[] open = [.. line[..^SealLength], (byte)'}'];
        var hash = Convert.ToHexStringLower(SHA256.HashData(open));
        return line[^(HashLength + 2)..^2].SequenceEqual(Encoding.ASCII.GetBytes(hash)) ? LinkOf(open, hash) : null;
    }

    private static AuditLink? LinkOf(byte[] open, string hash)
    {
        try
        {
            using var document = JsonDocument.Parse(open);
            var root = document.RootElement;
            return new(root.GetProperty("seq").GetInt64(), root.GetProperty("prev").GetString() ?? "", hash, root.GetProperty("operation").GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A record's place in the chain.</summary>
/// <param name="Sequence">Counted from 1, over all segments.</param>
/// <param name="Previous">The hash of the record before.</param>
/// <param name="Hash">Its own hash.</param>
/// <param name="Operation">What it tells of.</param>
internal readonly record struct AuditLink(long Sequence, string Previous, string Hash, string Operation);
