using System.Buffers;
using System.Globalization;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Durations and sizes as files write them.</summary>
internal static class DadlDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    private static readonly (string Unit, long Bytes)[] Sizes =
        [("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30), ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("B", 1)];

    /// <summary><c>30s</c>, <c>1m30s</c>, <c>500ms</c>; a bare number is seconds. Null where it is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bare))
        {
            return bare <= 1e9 ? TimeSpan.FromSeconds(bare) : null;
        }

        var seconds = 0d;
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAnyExcept("msdh");
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            rest = rest[unit.Length..];
            var known = Array.Find(Units, candidate => candidate.Unit == unit);
            if (known.Unit is null)
            {
                return null;
            }

            seconds += number * known.Seconds;
        }

        return text.Length > 0 && seconds <= 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary><c>50MB</c>, <c>100 MiB</c>, with 1024 for both; null where it is none.</summary>
    public static long? ParseSize(string text)
    {
        var plain = text.Trim().ToUpperInvariant();
        var unit = Array.Find(Sizes, candidate => plain.EndsWith(candidate.Unit, StringComparison.Ordinal));
        var digits = unit.Unit is null ? plain : plain[..^unit.Unit.Length].Trim();
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e12
            ? (long)(number * (unit.Unit is null ? 1 : unit.Bytes))
            : null;
    }
}
