using System.Globalization;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>How values of an operation become values of a tool; see <see cref="ExportPart"/> for what they give.</summary>
internal static class Conversions
{
    /// <summary>The value itself, where it is of the tool's type.</summary>
    /// <param name="type">As the file says it.</param>
    /// <param name="isText">Whether all that arrives is text, so that 5 and "5" are the same.</param>
    public static Func<JsonElement, JsonElement?> Typed(string type, bool isText) => value => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => isText ? default : value,
        ("string", JsonValueKind.String) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => value,
        ("integer", JsonValueKind.Number) when !value.GetRawText().AsSpan().ContainsAny(".eE") => value,
        ("string", JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) when isText => JsonLists.Text(ArgumentText.TryRead(value)!),
        ("integer" or "number" or "boolean", JsonValueKind.String) when isText && IsOf(type, value.GetString()!) => value,
        ("array", JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) when isText => JsonLists.Of([value]),
        _ => null,
    };

    // Which a tool takes as what it says.
    private static bool IsOf(string type, string text) => type == "boolean" ? text is "true" or "false" : decimal.TryParse(text, NumberStyles.AllowLeadingSign | (type == "number" ? NumberStyles.AllowDecimalPoint : NumberStyles.None), CultureInfo.InvariantCulture, out _);

    /// <summary>Yes and no as 1 and 0.</summary>
    public static JsonElement? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => JsonElement.Parse("1"),
        JsonValueKind.False => JsonElement.Parse("0"),
        _ => null,
    };

    /// <summary>The one text that a style makes of the value: lists and objects joined, or JSON.</summary>
    public static Func<JsonElement, JsonElement?> Entry(ParameterWire wire) => value =>
        value.ValueKind == JsonValueKind.Null ? default(JsonElement) : ParameterText.Query(wire, value) switch
        {
            [] => default(JsonElement),
            [var (_, text)] => JsonLists.Text(Uri.UnescapeDataString(text)),
            _ => null,
        };

    /// <summary>The texts that a style makes of the items of a list.</summary>
    public static Func<JsonElement, JsonElement?> Items(ParameterWire wire) => value =>
        value.ValueKind == JsonValueKind.Null ? default(JsonElement)
        : ParameterText.Query(wire, value) is { } entries && entries.All(entry => entry.Key == wire.Name) ? JsonLists.Of(entries.Select(static entry => JsonLists.Text(Uri.UnescapeDataString(entry.Value))))
        : null;

    /// <summary>What stands in a path for the value, behind what the template itself says.</summary>
    public static Func<JsonElement, JsonElement?> InPath(ParameterWire wire, string before) => value =>
        ParameterText.Path(wire, value) is { } text && text.StartsWith(before, StringComparison.Ordinal) ? JsonLists.Text(Uri.UnescapeDataString(text[before.Length..])) : null;

    /// <summary>The text of a header.</summary>
    public static Func<JsonElement, JsonElement?> InHeader(ParameterWire wire) => value =>
        value.ValueKind == JsonValueKind.Null ? default(JsonElement) : ParameterText.Simple(wire, value) is { } text ? JsonLists.Text(text) : null;

    /// <summary>Lists and objects as their JSON, anything else as its text.</summary>
    public static JsonElement? JsonText(JsonElement value) => value.ValueKind == JsonValueKind.Null ? default(JsonElement) : JsonLists.Text(ArgumentText.TryRead(value) ?? value.GetRawText());

    /// <summary>A property of the value, converted; nothing where the object has none.</summary>
    public static Func<JsonElement, JsonElement?> Member(string name, Func<JsonElement, JsonElement?> inner) => value =>
        value.ValueKind != JsonValueKind.Object ? null
        : value.TryGetProperty(name, out var property) && property.ValueKind != JsonValueKind.Null ? inner(property)
        : default(JsonElement);
}
