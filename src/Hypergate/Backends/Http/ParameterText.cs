using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>Writes lists and objects in the styles of OpenAPI.</summary>
internal static class ParameterText
{
    /// <summary>
    /// The entries of a query with names as they are and values encoded: what separates the values of one entry is not, so that a server tells
    /// it from the same character inside a value. Null where the value holds what no style can write.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Query(ParameterWire wire, JsonElement value)
    {
        var entries = (wire.Style, value.ValueKind) switch
        {
            (ParameterStyle.Json, _) => [new(wire.Name, value.GetRawText())],
            (ParameterStyle.Brackets, _) => BracketText.Query(wire.Name, value),
            (ParameterStyle.DeepObject, JsonValueKind.Object or JsonValueKind.Array) => Deep(wire.Name, value),
            (_, JsonValueKind.Object) when wire.Explode => Pairs(value),
            (_, JsonValueKind.Array) when wire.Explode => Items(value)?.Select(item => new KeyValuePair<string, string>(wire.Name, item)),
            _ => null,
        };
        return entries is not null ? [.. entries.Select(entry => new KeyValuePair<string, string>(entry.Key, QueryText.Of(entry.Value, wire.AllowReserved)))]
            : wire.Style is ParameterStyle.Brackets or ParameterStyle.DeepObject && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null
            : Together(wire, value);
    }

    // One entry for all values; nothing for none.
    private static IReadOnlyList<KeyValuePair<string, string>>? Together(ParameterWire wire, JsonElement value)
    {
        var pieces = value.ValueKind switch
        {
            JsonValueKind.Array => Items(value),
            JsonValueKind.Object => Pairs(value)?.SelectMany(static pair => new[] { pair.Key, pair.Value }).ToList(),
            _ => ArgumentText.TryRead(value) is { } text ? [text] : null,
        };
        return pieces is [] ? [] : pieces is null ? null : [new(wire.Name, string.Join(Separator(wire.Style), pieces.Select(piece => QueryText.Of(piece, wire.AllowReserved))))];
    }

    /// <summary>A value of a header or cookie, and of a part of a path that needs no encoding yet.</summary>
    public static string? Simple(ParameterWire wire, JsonElement value) => wire.Style == ParameterStyle.Json
        ? value.GetRawText()
        : Joined(value, wire.Explode, wire.Style switch
        {
            ParameterStyle.SpaceDelimited => ' ',
            ParameterStyle.PipeDelimited => '|',
            ParameterStyle.TabDelimited => '\t',
            _ => ',',
        });

    /// <summary>What stands for a placeholder of a path, each value encoded and what separates them not; null where it cannot be written.</summary>
    public static string? Path(ParameterWire wire, JsonElement value)
    {
        if (wire.Style == ParameterStyle.Json)
        {
            return PathValue.Encode(value.GetRawText());
        }

        var pieces = value.ValueKind switch
        {
            JsonValueKind.Array => Items(value)?.Select(Encoded).ToList(),
            JsonValueKind.Object => Pairs(value)?.SelectMany(pair => wire.Explode ? [PairOf(pair)] : new[] { Encoded(pair.Key), Encoded(pair.Value) }).ToList(),
            _ => ArgumentText.TryRead(value) is { } text ? [Encoded(text)] : null,
        };
        if (pieces is null or [] || pieces.Contains(""))
        {
            return null;
        }

        var isObject = value.ValueKind == JsonValueKind.Object;
        return wire.Style switch
        {
            ParameterStyle.Label => "." + string.Join(wire.Explode ? "." : ",", pieces),
            ParameterStyle.Matrix when wire.Explode => string.Concat(pieces.Select(piece => isObject ? $";{piece}" : $";{wire.Name}={piece}")),
            ParameterStyle.Matrix => $";{wire.Name}={string.Join(',', pieces)}",
            _ => string.Join(Separator(wire.Style), pieces),
        };
    }

    // Empty for what would lead elsewhere.
    private static string Encoded(string piece) => PathValue.Problem(piece) is null ? PathValue.Encode(piece) : "";

    // As a whole it leads nowhere else than each of its halves does.
    private static string PairOf(KeyValuePair<string, string> pair) =>
        Encoded(pair.Key) is { Length: > 0 } key && (pair.Value.Length == 0 || Encoded(pair.Value).Length > 0) ? $"{key}={Encoded(pair.Value)}" : "";

    private static string Separator(ParameterStyle style) => style switch
    {
        ParameterStyle.SpaceDelimited => "%20",
        ParameterStyle.PipeDelimited => "%7C",
        ParameterStyle.TabDelimited => "%09",
        _ => ",",
    };

    private static string? Joined(JsonElement value, bool explode, char separator) => value.ValueKind switch
    {
        JsonValueKind.Array => Items(value) is { } items ? string.Join(separator, items) : null,
        JsonValueKind.Object => Pairs(value) is { } pairs ? string.Join(',', pairs.Select(pair => explode ? $"{pair.Key}={pair.Value}" : $"{pair.Key},{pair.Value}")) : null,
        _ => ArgumentText.TryRead(value),
    };

    private static List<string>? Items(JsonElement list)
    {
        var items = list.EnumerateArray().Select(static item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? item.GetRawText() : ArgumentText.TryRead(item)).ToList();
        return items.Contains(null) ? null : [.. items.OfType<string>()];
    }

    private static List<KeyValuePair<string, string>>? Pairs(JsonElement map)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var property in map.EnumerateObject().Where(static property => property.Value.ValueKind != JsonValueKind.Null))
        {
            var text = property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? property.Value.GetRawText() : ArgumentText.TryRead(property.Value);
            if (text is null)
            {
                return null;
            }

            pairs.Add(new(property.Name, text));
        }

        return pairs;
    }

    // a[b][c]=1, and a[b]=1 twice for lists, as servers read them.
    private static List<KeyValuePair<string, string>>? Deep(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.Object:
                var parts = value.EnumerateObject().Select(property => Deep($"{name}[{property.Name}]", property.Value)).ToList();
                return parts.Contains(null) ? null : [.. parts.SelectMany(static part => part!)];
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select((item, index) => Deep(item.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? $"{name}[{index}]" : name, item)).ToList();
                return items.Contains(null) ? null : [.. items.SelectMany(static item => item!)];
            default:
                return ArgumentText.TryRead(value) is { } text ? [new(name, text)] : null;
        }
    }
}
