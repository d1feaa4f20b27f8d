using System.Globalization;
using System.Text.Json;

namespace Hypergate.Inventory;

/// <summary>
/// Lenient reading of platforms' answers: numbers may be texts, truths 1 and 0, anything may be missing, and nothing throws.
/// </summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        /// <summary>A property; undefined where it is absent or null, or where this is no object.</summary>
        public JsonElement Get(string property) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null
                ? value
                : default;

        /// <summary>A property as text; null where it is absent, null, an object or a list.</summary>
        public string? Text(string property) => element.Get(property).AsText();

        /// <summary>The same, and an empty text is none.</summary>
        public string? Name(string property) => element.Text(property) is { Length: > 0 } text ? text : null;

        public long? Int(string property) => element.Get(property).AsNumber() is { } number && Math.Abs(number) < 9.2e18 ? (long)number : null;

        public double? Number(string property) => element.Get(property).AsNumber();

        public bool? Flag(string property) => element.Get(property).AsFlag();

        /// <summary>The elements of a list; none where it is absent or no list.</summary>
        public IEnumerable<JsonElement> Items(string property) => element.Get(property).Elements();

        /// <summary>The elements of this list; none where it is no list.</summary>
        public IEnumerable<JsonElement> Elements() =>
            element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : Enumerable.Empty<JsonElement>();

        /// <summary>The texts of a list; null where it is absent or no list.</summary>
        public IReadOnlyList<string>? Texts(string property) => element.Get(property) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(static item => item.AsText()).OfType<string>()]
            : null;

        public string? AsText() => element.ValueKind switch
        {
            JsonValueKind.String => Decoded(element),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

        public double? AsNumber() => element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
            JsonValueKind.String when double.TryParse(Decoded(element), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) => number,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        };

        public bool? AsFlag() => element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => element.AsNumber() is { } number ? number != 0 : null,
            JsonValueKind.String => Decoded(element) switch
            {
                "1" or "yes" or "on" or "true" => true,
                "0" or "no" or "off" or "false" => false,
                _ => null,
            },
            _ => null,
        };
    }

    // A text that is no Unicode cannot be decoded; it is worth no failed answer.
    private static string? Decoded(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
