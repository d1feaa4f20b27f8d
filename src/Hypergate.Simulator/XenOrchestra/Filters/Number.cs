using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>Numbers as JavaScript reads them.</summary>
internal static class Number
{
    /// <summary>The number that a JSON value is, or null.</summary>
    public static double? Of(JsonNode? value) => value switch
    {
        JsonValue leaf when leaf.TryGetValue<double>(out var real) => real,
        JsonValue leaf when leaf.TryGetValue<long>(out var whole) => whole,
        JsonValue leaf when leaf.TryGetValue<int>(out var small) => small,
        JsonValue leaf when leaf.TryGetValue<decimal>(out var exact) => (double)exact,
        _ => null,
    };

    /// <summary>The number that a word means, or null: also <c>0x1F</c>, <c>1e3</c>, <c>-Infinity</c>.</summary>
    public static double? Parse(string word) => word switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        ['0', 'x' or 'X', .. var digits] => Digits(digits, 16),
        ['0', 'o' or 'O', .. var digits] => Digits(digits, 8),
        ['0', 'b' or 'B', .. var digits] => Digits(digits, 2),
        _ => Decimal(word),
    };

    private static double? Decimal(string word)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isPlain = word.All(c => char.IsAsciiDigit(c) || c is '-' or '.' or 'e' or 'E' or '+');
        return isPlain && double.TryParse(word, style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static double? Digits(string digits, int radix)
    {
        var number = 0d;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (value >= radix)
            {
                return null;
            }

            number = (number * radix) + value;
        }

        return digits.Length == 0 ? null : number;
    }
}
