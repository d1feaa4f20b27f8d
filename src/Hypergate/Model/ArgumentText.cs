using System.Globalization;
using System.Text.Json;

namespace Hypergate.Model;

/// <summary>How an argument is spelled in an address, the same on every machine.</summary>
internal static class ArgumentText
{
    /// <summary>
    /// The spelling of a text, a number (whole numbers without fraction or exponent) or a boolean; null for anything
    /// else, and for a text that is not valid Unicode.
    /// </summary>
    public static string? TryRead(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TryReadString(value),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string? TryReadString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // The escape of half a surrogate pair is well-formed JSON, yet no text.
            return null;
        }
    }

    private static string Number(JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        var isWhole = value.TryGetDecimal(out var number) && decimal.Truncate(number) == number;
        return isWhole ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture) : value.GetRawText();
    }
}
