using System.Globalization;
using System.Text.RegularExpressions;

namespace Hypergate.Simulator.ProxmoxVe.Tasks;

/// <summary>The id of a task: <c>UPID:NODE:PID:PSTART:START:TYPE:ID:USER:</c>, the numbers in hexadecimal.</summary>
internal sealed partial record Upid(string Node, int ProcessId, long ProcessStart, long Start, string Type, string Id, string User)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"UPID:{Node}:{ProcessId:X8}:{ProcessStart:X8}:{Start:X8}:{Type}:{Id}:{User}:");

    /// <summary>Null where the text is none.</summary>
    public static Upid? Parse(string text) => Shape().Match(text) is { Success: true } match
        ? new Upid(
            match.Groups[1].Value,
            int.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[3].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[4].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            match.Groups[5].Value,
            match.Groups[6].Value,
            match.Groups[7].Value)
        : null;

    [GeneratedRegex(
        "^UPID:([A-Za-z0-9][A-Za-z0-9-]*):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\\s]+):([^:\\s]*):([^:\\s]+):$",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Shape();
}
