using System.Globalization;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>Sizes as they stand in configurations: <c>32G</c>, <c>512M</c>, bytes without a letter.</summary>
internal static class DiskSize
{
    private const string Units = "KMGT";

    /// <summary>Null where the text is no size.</summary>
    public static long? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var unit = Units.IndexOf(text[^1], StringComparison.Ordinal) + 1;
        var number = unit > 0 ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? (long)(value * Math.Pow(1024, unit))
            : null;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public static string Text(long bytes)
    {
        var unit = 0;
        while (unit < Units.Length && bytes > 0 && bytes % 1024 == 0)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + (unit == 0 ? "" : Units[unit - 1].ToString());
    }

    /// <summary>For people: <c>1.5 GiB</c>.</summary>
    public static string Readable(long bytes)
    {
        string[] names = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < names.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {names[unit]}");
    }
}
