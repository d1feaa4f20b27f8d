using System.Globalization;
using System.Text.RegularExpressions;

namespace Hypergate.Simulator.ProxmoxVe.Validation;

/// <summary>What counts as a number in a text.</summary>
internal static partial class Numbers
{
    public static bool IsInteger(string text) => Integer().IsMatch(text);

    public static bool IsNumber(string text) => Number().IsMatch(text);

    public static string Text(double number) => number.ToString("0.################", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[+-]?\d+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
