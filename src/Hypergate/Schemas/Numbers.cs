using System.Globalization;
using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Numbers as JSON means them: by value, not by spelling, and without losing digits where that can be had.</summary>
internal static class Numbers
{
    private const int LargestExponent = 308;

    public static bool IsInteger(JsonElement number) => number.TryGetInt64(out _) || Whole(number.GetRawText()) is not null;

    /// <summary>The digits of a number that is whole, whatever way it is written: <c>12</c> of <c>12.0</c>, <c>1.2e1</c> and <c>1200e-2</c>; null for any other. By its text: no type of number holds all that may be written.</summary>
    /// <param name="number">As JSON writes numbers.</param>
    public static string? Whole(string number)
    {
        var end = number.AsSpan().IndexOfAny('e', 'E') is >= 0 and var mark ? mark : number.Length;
        var point = number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var found ? found : end;
        if (point == number.Length)
        {
            return number;
        }

        if (!int.TryParse(end == number.Length ? "0" : number[(end + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var shift) || shift is < -LargestExponent or > LargestExponent)
        {
            return null;
        }

        var sign = number[0] == '-' ? "-" : "";
        var digits = number[sign.Length..end].Replace(".", "", StringComparison.Ordinal);
        shift -= Math.Max(0, end - point - 1);
        var whole = shift >= 0 ? digits + new string('0', shift) : digits[..Math.Max(0, digits.Length + shift)];
        return shift < 0 && digits.AsSpan(whole.Length).ContainsAnyExcept('0') ? null
            : whole.TrimStart('0') is { Length: > 0 } plain ? sign + plain
            : "0";
    }

    /// <summary>Rounding to double keeps the order, so decimals are needed only where the doubles are equal.</summary>
    public static int Compare(JsonElement one, JsonElement other)
    {
        var order = one.GetDouble().CompareTo(other.GetDouble());
        return order == 0 && one.TryGetDecimal(out var left) && other.TryGetDecimal(out var right) ? left.CompareTo(right) : order;
    }

    public static bool IsMultiple(JsonElement number, JsonElement factor)
    {
        if (number.TryGetDecimal(out var value) && factor.TryGetDecimal(out var step) && step != 0)
        {
            return value % step == 0;
        }

        var quotient = number.GetDouble() / factor.GetDouble();
        return double.IsFinite(quotient) && quotient == Math.Floor(quotient);
    }
}
