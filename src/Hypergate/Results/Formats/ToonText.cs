using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Results.Formats;

/// <summary>How names and single values are spelled in TOON (https://github.com/toon-format/spec), with commas between them.</summary>
internal static partial class ToonText
{
    private const long LargestSafeInteger = 9_007_199_254_740_991;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        ",:\"\\[]{}\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>A name of a property or a column.</summary>
    public static string Key(string name) => PlainKey().IsMatch(name) ? name : Quoted(name);

    /// <summary>A value without parts; one with parts is compact JSON, as a text.</summary>
    public static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => Number(value),
        JsonValueKind.String => Text(value.GetString()!),
        _ => Text(value.GetRawText()),
    };

    /// <summary>A text, quoted where it could be taken for something else.</summary>
    public static string Text(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && text is not ("true" or "false" or "null")
        && text[0] is not ('-' or '#' or ' ' or '\uFEFF')
        && text[^1] != ' '
        && !text.AsSpan().ContainsAny(Special)
        && !((char.IsAsciiDigit(text[0]) || text[0] == '+') && NumberLike().IsMatch(text));

    // Numbers as a script in a browser spells them: that is what readers of the format do.
    private static string Number(JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
        {
            var digits = whole.ToString(CultureInfo.InvariantCulture);
            return whole is > LargestSafeInteger or < -LargestSafeInteger ? $"\"{digits}\"" : digits;
        }

        var raw = value.GetRawText();
        if (!raw.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return $"\"{raw}\"";
        }

        var number = value.GetDouble();
        return double.IsFinite(number) ? Shortest(number) : "null";
    }

    private static string Shortest(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (text.IndexOf('E', StringComparison.Ordinal) is var mark && mark < 0)
        {
            return text;
        }

        var exponent = int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        return exponent is >= 21 or < -6
            ? $"{text[..mark]}e{(exponent > 0 ? "+" : "")}{exponent.ToString(CultureInfo.InvariantCulture)}"
            : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.]*\z", RegexOptions.None, 1_000)]
    private static partial Regex PlainKey();

    [GeneratedRegex(@"\A\+?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NumberLike();
}
