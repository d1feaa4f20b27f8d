using System.Buffers;
using System.Globalization;

namespace Hypergate.Tools.Query.Values;

/// <summary>Reads sizes: bytes, <c>10GiB</c> and <c>512M</c> (1024, as Proxmox VE writes them), <c>10 GB</c> (1000).</summary>
internal static class ByteSizes
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.+-");
    private const string Letters = "KMGTPE";

    /// <returns>Bytes; null for anything else.</returns>
    public static double? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes))
        {
            return double.IsFinite(bytes) ? bytes : null;
        }

        var end = trimmed.IndexOfAnyExcept(Digits);
        var digits = end < 0 ? trimmed : trimmed[..end];
        var unit = end < 0 ? "" : trimmed[end..].Trim().ToString().ToUpperInvariant();
        return double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Factor(unit) is { } factor
            ? Math.Round(number * factor)
            : null;
    }

    private static double? Factor(string unit) => unit switch
    {
        "" or "B" => 1,
        _ when Power(unit[0]) is var power && power > 0 => unit[1..] switch
        {
            "" or "I" or "IB" => Math.Pow(1024, power),
            "B" => Math.Pow(1000, power),
            _ => null,
        },
        _ => null,
    };

    private static int Power(char letter) => Letters.IndexOf(letter, StringComparison.Ordinal) + 1;
}
