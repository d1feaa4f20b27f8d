using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Host.Telemetry;

/// <summary>A record of the audit as a message of syslog (RFC 5424), whose text is the record's JSON.</summary>
internal sealed class SyslogMessage
{
    private const int Warning = 4;
    private const int Informational = 6;
    private const int LongestHost = 255;

    private static readonly Dictionary<string, int> Facilities = new(StringComparer.Ordinal)
    {
        ["user"] = 1,
        ["daemon"] = 3,
        ["auth"] = 4,
        ["authpriv"] = 10,
        ["audit"] = 13,
        ["local0"] = 16,
        ["local1"] = 17,
        ["local2"] = 18,
        ["local3"] = 19,
        ["local4"] = 20,
        ["local5"] = 21,
        ["local6"] = 22,
        ["local7"] = 23,
    };

    private readonly int _facility;
    private readonly string _rest;

    public SyslogMessage(string facility)
    {
        _facility = Facilities[facility];
        _rest = string.Create(CultureInfo.InvariantCulture, $"{Host()} hypergate {Environment.ProcessId} audit - ");
    }

    /// <param name="line">One record, without its line end.</param>
    public byte[] Write(ReadOnlyMemory<byte> line)
    {
        var record = JsonElement.Parse(line.Span);
        var isBad = Text(record, "outcome") is "refused" or "failed" or "internal error";
        var head = string.Create(CultureInfo.InvariantCulture, $"<{(_facility * 8) + (isBad ? Warning : Informational)}>1 {Text(record, "time") ?? "-"} {_rest}");
        return [.. Encoding.ASCII.GetBytes(head), .. line.Span];
    }

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Host()
    {
        var name = string.Concat(Environment.MachineName.Where(static character => character is > ' ' and <= '~'));
        return name.Length == 0 ? "-" : name[..Math.Min(name.Length, LongestHost)];
    }
}
