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
            match.Groups["node"].Value,
            int.Parse(match.Groups["pid"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(match.Groups["pstart"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(match.Groups["start"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            match.Groups["type"].Value,
            match.Groups["id"].Value,
            match.Groups["user"].Value)
        : null;

    [GeneratedRegex(
        "^UPID:(?<node>[A-Za-z0-9][A-Za-z0-9-]*):(?<pid>[0-9A-Fa-f]{8}):(?<pstart>[0-9A-Fa-f]{8,9}):(?<start>[0-9A-Fa-f]{8}):(?<type>[^:\\s]+):(?<id>[^:\\s]*):(?<user>[^:\\s]+):$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Shape();
}
