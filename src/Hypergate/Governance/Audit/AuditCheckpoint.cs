using System.Globalization;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>Where the chain ended at a moment, signed, to be kept in another place: what is cut off the records later, or put back from an older state, is found with it.</summary>
/// <param name="Sequence">The number of the last record.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Time">When it was the last.</param>
/// <param name="Mac">The signature with the key of the log.</param>
public sealed record AuditCheckpoint(long Sequence, string Hash, DateTimeOffset Time, string Mac)
{
    /// <summary>One line of JSON, without its line end.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{{\"v\":1,\"seq\":{Sequence},\"hash\":\"{Hash}\",\"time\":\"{Text(Time)}\",\"mac\":\"{Mac}\"}}");

    /// <summary>Those of a file, a line each.</summary>
    /// <exception cref="IOException">The file cannot be read, or a line of it is none.</exception>
    public static IReadOnlyList<AuditCheckpoint> ReadAll(string path)
    {
        var lines = File.ReadAllLines(path);
        return [.. lines.Select((line, index) => (line, index)).Where(static entry => entry.line.Length > 0)
            .Select(entry => Read(entry.line) ?? throw new IOException($"{path}:{entry.index + 1}: this is no checkpoint of an audit."))];
    }

    internal static AuditCheckpoint Make(long sequence, string hash, DateTimeOffset time, AuditKey key) => new(sequence, hash, time, key.Sign(Signed(sequence, hash, time)));

    /// <summary>Whether this gateway has signed it; null where there is no key to tell.</summary>
    internal bool? IsSignedBy(AuditKey key) => key.Verify(Signed(Sequence, Hash, Time), Mac);

    private static string Signed(long sequence, string hash, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"checkpoint {sequence} {hash} {Text(time)}");

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static AuditCheckpoint? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new(root.GetProperty("seq").GetInt64(), root.GetProperty("hash").GetString()!, root.GetProperty("time").GetDateTimeOffset(), root.GetProperty("mac").GetString()!);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
