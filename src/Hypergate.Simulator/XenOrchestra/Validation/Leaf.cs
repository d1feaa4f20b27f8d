using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Filters;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>Texts, numbers and booleans of bodies and queries.</summary>
internal static class Leaf
{
    /// <summary>What is wrong with a value of a body, or null.</summary>
    public static string? Fault(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) => null,
        ("string", _) => "invalid string value",
        ("boolean", JsonValueKind.True or JsonValueKind.False or null) => null,
        (not "string", JsonValueKind.String) => Fault(type, value!.GetValue<string>()),
        ("boolean", _) => "invalid boolean value",
        ("integer", JsonValueKind.Number) when Number.Of(value) is { } number && double.IsInteger(number) => null,
        ("integer", _) => "invalid integer number",
        ("number", JsonValueKind.Number) => null,
        ("number", _) => "invalid float number",
        _ => null,
    };

    /// <summary>What is wrong with the text of a query parameter, or null.</summary>
    public static string? Fault(string type, string text) => type switch
    {
        "boolean" => bool.TryParse(text, out _) && text.Trim() == text ? null : "invalid boolean value",
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "invalid integer number",
        "number" => text is not "Infinity" and not "-Infinity" && Number.Parse(text.StartsWith('+') ? text[1..] : text) is not null
            && !text.Contains('x', StringComparison.OrdinalIgnoreCase) ? null : "invalid float number",
        _ => null,
    };

    /// <summary>The limit that a value breaks, or null.</summary>
    public static string? OutOfBounds(JsonObject schema, JsonNode value) => Number.Of(value) switch
    {
        { } number when Number.Of(schema["minimum"]) is { } least && number < least => Text($"min {least}"),
        { } number when Number.Of(schema["maximum"]) is { } most && number > most => Text($"max {most}"),
        null when Number.Of(schema["minLength"]) is { } shortest && value.ToString().Length < shortest => Text($"minLength {shortest}"),
        null when Number.Of(schema["maxLength"]) is { } longest && value.ToString().Length > longest => Text($"maxLength {longest}"),
        _ => null,
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
