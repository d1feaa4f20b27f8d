using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Numbers as JSON means them: by value, not by spelling, and without losing digits where that can be had.</summary>
internal static class Numbers
{
    public static bool IsInteger(JsonElement number)
    {
        if (number.TryGetInt64(out _))
        {
            return true;
        }

        var value = number.GetDouble();
        return double.IsFinite(value) && value == Math.Floor(value) && (!number.TryGetDecimal(out var exact) || exact == decimal.Truncate(exact));
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
