using System.Globalization;

namespace Hypergate.Host.Mcp;

/// <summary>Escapes in JSON that are no text: JSON takes one half of a surrogate pair, and whoever reads the string then breaks at it.</summary>
internal static class EscapedText
{
    private const int EscapeLength = 6;

    /// <summary>Whether every <c>\uD83D</c> and its like has its other half behind it.</summary>
    /// <param name="json">Well-formed, in UTF-8.</param>
    public static bool IsWhole(ReadOnlySpan<byte> json)
    {
        for (var next = json.IndexOf((byte)'\\'); next >= 0; next = json.IndexOf((byte)'\\'))
        {
            json = json[next..];
            var length = UnitAt(json) switch
            {
                null => 2,
                { } unit when !char.IsSurrogate(unit) => EscapeLength,
                { } unit when char.IsHighSurrogate(unit) && UnitAt(json[EscapeLength..]) is { } low && char.IsLowSurrogate(low) => 2 * EscapeLength,
                _ => 0,
            };
            if (length == 0)
            {
                return false;
            }

            json = json[length..];
        }

        return true;
    }

    // The UTF-16 unit that is escaped here; null where something else is, or nothing.
    private static char? UnitAt(ReadOnlySpan<byte> json) =>
        json.StartsWith("\\u"u8) && json.Length >= EscapeLength && ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
