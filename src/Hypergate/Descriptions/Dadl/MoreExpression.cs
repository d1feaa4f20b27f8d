using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Whether there is more: a path that is looked at, or a comparison of what two say.</summary>
public sealed partial class MoreExpression
{
    private readonly JsonPath _left;
    private readonly string? _operator;
    private readonly JsonPath? _right;
    private readonly JsonElement _value;

    private MoreExpression(JsonPath left, string? comparison, JsonPath? right, JsonElement value) => (_left, _operator, _right, _value) = (left, comparison, right, value);

    /// <summary>Null where it is neither.</summary>
    public static MoreExpression? Parse(string text)
    {
        if (JsonPath.TryParse(text.Trim(), out var path))
        {
            return new(path, null, null, default);
        }

        var match = Comparison().Match(text);
        if (!match.Success || !JsonPath.TryParse(match.Groups["left"].Value, out var left))
        {
            return null;
        }

        var right = match.Groups["right"].Value;
        return JsonPath.TryParse(right, out var other) ? new(left, match.Groups["operator"].Value, other, default)
            : Literal(right) is { ValueKind: not JsonValueKind.Undefined } value ? new(left, match.Groups["operator"].Value, null, value)
            : null;
    }

    /// <summary>True where there is more, false where there is not, null where nobody knows.</summary>
    public bool? Evaluate(JsonElement body)
    {
        var isFound = _left.TryFind(body, out var left);
        if (_operator is null)
        {
            return isFound ? !IsEmpty(left) : false;
        }

        var right = _value;
        if (_right is not null && !_right.TryFind(body, out right))
        {
            right = JsonElement.Parse("null");
        }

        return Compare(isFound ? left : JsonElement.Parse("null"), right);
    }

    private bool? Compare(JsonElement left, JsonElement right)
    {
        if (_operator is "==" or "!=")
        {
            var isSame = Number(left) is { } one && Number(right) is { } two ? one == two : left.ValueKind == right.ValueKind && left.ToString() == right.ToString();
            return isSame == (_operator == "==");
        }

        return Number(left) is { } smaller && Number(right) is { } larger
            ? _operator switch { "<" => smaller < larger, "<=" => smaller <= larger, ">" => smaller > larger, _ => smaller >= larger }
            : null;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static JsonElement Literal(string text)
    {
        if (text is ['\'', .., '\''] or ['"', .., '"'] && text.Length >= 2)
        {
            return JsonLists.Text(text[1..^1]);
        }

        return text is "true" or "false" or "null" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Parse(text, default) : default;
    }

    private static JsonElement Parse(string text, JsonElement otherwise)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return otherwise;
        }
    }

    [GeneratedRegex(@"^\s*(?<left>\$\S*)\s*(?<operator>==|!=|<=|>=|<|>)\s*(?<right>\S.*?)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comparison();
}
