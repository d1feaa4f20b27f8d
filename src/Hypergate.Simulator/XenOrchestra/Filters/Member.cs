using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>What a name leads to in a JSON value, as in JavaScript: arrays and texts have a length and places.</summary>
internal static class Member
{
    public static JsonNode? Of(JsonNode? value, string name) => value switch
    {
        JsonObject item => item[name],
        JsonArray items => OfArray(items, name),
        JsonValue leaf when leaf.TryGetValue<string>(out var text) => OfText(text, name),
        _ => null,
    };

    private static JsonNode? OfArray(JsonArray items, string name) =>
        name == "length" ? items.Count : Place(name, items.Count) is { } place ? items[place] : null;

    private static JsonNode? OfText(string text, string name) =>
        name == "length" ? text.Length : Place(name, text.Length) is { } place ? text[place].ToString() : null;

    private static int? Place(string name, int count) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < count ? place : null;
}
