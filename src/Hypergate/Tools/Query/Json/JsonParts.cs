using System.Globalization;
using System.Text.Json;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Json;

/// <summary>The properties of a JSON object, by names in any case; null is as good as absent.</summary>
internal sealed class JsonParts
{
    private readonly Dictionary<string, (JsonElement Value, Place Place)> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Place _place;

    private JsonParts(Place place) => _place = place;

    /// <exception cref="QueryException">It is no object, or has a property with another name.</exception>
    public static JsonParts Of(JsonElement value, Place place, IReadOnlyList<string> keys)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new QueryException(QueryCode.BadValue, $"Here an object with {string.Join(", ", keys)} is needed.", place);
        }

        var parts = new JsonParts(place);
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name.Replace("_", "", StringComparison.Ordinal);
            if (!keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new QueryException(
                    QueryCode.UnknownKey,
                    $"There is no key '{property.Name}' here.",
                    place.Of(property.Name),
                    NearestName.Find(property.Name, keys) is { } near ? $"Did you mean {near}?" : $"Keys: {string.Join(", ", keys)}.");
            }

            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                parts._parts[name] = (property.Value, place.Of(property.Name));
            }
        }

        return parts;
    }

    public Place At(string key) => _parts.TryGetValue(key, out var part) ? part.Place : _place.Of(key);

    public bool Has(string key) => _parts.ContainsKey(key);

    public JsonElement? Get(string key) => _parts.TryGetValue(key, out var part) ? part.Value : null;

    public string? Text(string key) => Get(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(key, "a text"),
    };

    public bool Flag(string key) => Get(key) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw Wrong(key, "true or false"),
    };

    /// <summary>A whole number, also as a text.</summary>
    public int? Number(string key) => Get(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { ValueKind: JsonValueKind.String } value when int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new QueryException(QueryCode.BadPaging, $"{key} is a whole number.", At(key)),
    };

    /// <summary>A list, or the one thing that stands in its place.</summary>
    public IEnumerable<(JsonElement Value, Place Place)> Items(string key) => Get(key) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select((item, index) => (item, At(key).Of(index))),
        { } single => [(single, At(key))],
    };

    public IEnumerable<(string Text, Place Place)> Texts(string key) => Items(key).Select(item => item.Value.ValueKind == JsonValueKind.String
        ? (item.Value.GetString()!, item.Place)
        : throw new QueryException(QueryCode.BadValue, $"{key} is a list of texts.", item.Place));

    private QueryException Wrong(string key, string what) => new(QueryCode.BadValue, $"{key} is {what}.", At(key));
}
