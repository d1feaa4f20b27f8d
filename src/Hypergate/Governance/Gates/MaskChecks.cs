using System.Globalization;
using System.Net;

namespace Hypergate.Governance.Gates;

/// <summary>Tells what only looks like something private from what is.</summary>
internal static class MaskChecks
{
    private const int FewestPhoneDigits = 8;
    private const int MostPhoneDigits = 15;

    public static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= FewestPhoneDigits and <= MostPhoneDigits + 2;

    /// <summary>13 to 19 digits with the right check digit.</summary>
    public static bool IsCard(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(static digit => digit - '0').Reverse().ToList();
        var sum = digits.Select(static (digit, place) => place % 2 == 0 ? digit : digit * 2 > 9 ? (digit * 2) - 9 : digit * 2).Sum();
        return digits.Count is >= 13 and <= 19 && digits.Distinct().Count() > 1 && sum % 10 == 0;
    }

    /// <summary>Whether the two check digits are right.</summary>
    public static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        if (plain.Length is < 15 or > 34)
        {
            return false;
        }

        var rest = 0;
        foreach (var character in plain[4..] + plain[..4])
        {
            rest = char.IsAsciiDigit(character) ? ((rest * 10) + character - '0') % 97 : ((rest * 100) + character - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    public static bool IsAddress(string text) => IPAddress.TryParse(text.TrimEnd('.', ':') is { Length: > 0 } trimmed && !text.EndsWith("::", StringComparison.Ordinal) ? trimmed : text, out _);

    /// <summary>Three groups that the office gives out.</summary>
    public static bool IsSocialSecurityNumber(string text) =>
        int.Parse(text.AsSpan(0, 3), CultureInfo.InvariantCulture) is > 0 and not 666 and < 900 && text[4..6] != "00" && text[7..] != "0000";
}
