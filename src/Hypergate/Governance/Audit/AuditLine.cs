using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Hypergate.Governance.Audit;

/// <summary>
/// The spelling of a record: one JSON object without line ends, <c>{"v":1,"seq":…,"time":…,"prev":…, … ,"hash":…}</c>. The hash is the
/// SHA-256 of the line without the hash member, in lower-case hexadecimal; <c>prev</c> is the hash of the line before.
/// </summary>
internal static class AuditLine
{
    /// <summary>Longer lines are never written and never read.</summary>
    public const int LongestLine = 256 * 1024;

    private const int MostArgumentBytes = 8 * 1024;
    private const int LongestText = 1_000;
    private const int HashLength = 64;
    private const int LongestStart = 256;
    private static readonly byte[] HashMember = ",\"hash\":\""u8.ToArray();
    private static readonly int SealLength = HashMember.Length + HashLength + "\"}"u8.Length;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <c>prev</c> is in the first record.</summary>
    public static string Genesis { get; } = new('0', HashLength);

    /// <summary>The members of a record that do not depend on its place in the chain, without braces.</summary>
    public static byte[] Body(AuditRecord record, AuditScrubbing scrubbing)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("phase", Word(record.Phase.ToString()));
            WriteText("call", record.CallId);
            WriteText("parent", record.Parent);
            WriteText("caller", record.Caller);
            WriteTexts("roles", record.Roles);
            WriteText("tool", record.Tool);
            WriteText("backend", record.Backend);
            writer.WriteString("operation", Short(scrubbing.Text(record.Operation)));
            WriteText("access", record.Access is { } access ? Word(access.ToString()) : "");
            WriteArguments(writer, record.Arguments, scrubbing);
            WriteTexts("objects", record.Objects);
            WriteText("decision", record.Decision);
            WriteText("consent", record.Consent);
            WriteText("outcome", record.Outcome);
            WriteNumber(writer, "status", record.Status);
            WriteText("detail", record.Detail);
            WriteText("ended", record.Ended?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");
            WriteNumber(writer, "duration_ms", record.DurationMilliseconds);
            WriteNumber(writer, "bytes", record.Bytes);
            writer.WriteEndObject();

            void WriteTexts(string name, IReadOnlyList<string> texts)
            {
                if (texts.Count > 0)
                {
                    writer.WriteStartArray(name);
                    foreach (var text in texts)
                    {
                        writer.WriteStringValue(Short(scrubbing.Text(text)));
                    }

                    writer.WriteEndArray();
                }
            }

            void WriteText(string name, string text)
            {
                if (text.Length > 0)
                {
                    writer.WriteString(name, Short(scrubbing.Text(text)));
                }
            }
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>The whole line with its line end, and its hash.</summary>
    public static (byte[] Line, string Hash) Seal(ReadOnlySpan<byte> body, long sequence, DateTimeOffset time, string previous)
    {
        Span<byte> start = stackalloc byte[LongestStart];
        Utf8.TryWrite(start, CultureInfo.InvariantCulture, $"{{\"v\":1,\"seq\":{sequence},\"time\":\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"prev\":\"{previous}\",", out var length);
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

    private static void WriteArguments(Utf8JsonWriter writer, JsonElement arguments, AuditScrubbing scrubbing)
    {
        if (arguments.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var inner = new Utf8JsonWriter(buffer, Options))
        {
            scrubbing.WriteArguments(inner, arguments);
        }

        writer.WritePropertyName("arguments");
        if (buffer.WrittenCount is > 0 and <= MostArgumentBytes)
        {
            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("len", buffer.WrittenCount);
        writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)));
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    // As UTF-8, because the writer refuses halves of surrogate pairs; here they become U+FFFD.
    private static byte[] Short(string text) =>
        Encoding.UTF8.GetBytes(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…"));

    private static string Word(string name) => name.ToLowerInvariant();
}

/// <summary>A record's place in the chain.</summary>
/// <param name="Sequence">Counted from 1, over all segments.</param>
/// <param name="Previous">The hash of the record before.</param>
/// <param name="Hash">Its own hash.</param>
/// <param name="Operation">What it tells of.</param>
internal readonly record struct AuditLink(long Sequence, string Previous, string Hash, string Operation);
