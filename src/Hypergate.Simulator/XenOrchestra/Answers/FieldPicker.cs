using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Filters;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>What a list shows of its objects: all fields, or some of them; a dotted name reaches into an object.</summary>
internal sealed class FieldPicker
{
    private readonly string[][] _paths;

    private FieldPicker(IEnumerable<string> fields) => _paths = [.. fields.Select(field => field.Split('.'))];

    /// <param name="fields">The parameter: <c>*</c>, or names with commas between.</param>
    public static FieldPicker Of(string fields) => new(fields == "*" ? [] : fields.Split(',')) { HasAll = fields == "*" };

    /// <summary>Some fields, as a list of names.</summary>
    public static FieldPicker Of(IEnumerable<string> fields) => new(fields);

    private bool HasAll { get; init; }

    /// <summary>Writes the object with its address at the end.</summary>
    public void Write(Utf8JsonWriter json, JsonObject item, string? href)
    {
        json.WriteStartObject();
        foreach (var (name, value) in HasAll ? item : Pick(item))
        {
            if (Json.IsServed(name) && !(name == "href" && href is not null))
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }

        if (href is not null)
        {
            json.WriteString("href", href);
        }

        json.WriteEndObject();
    }

    /// <summary>The chosen fields as an object of their own, without the simulator's.</summary>
    public JsonObject Copy(JsonObject item) =>
        new((HasAll ? item : Pick(item)).Where(p => Json.IsServed(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private static void WriteValue(Utf8JsonWriter json, JsonNode? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }

        value.WriteTo(json);
    }

    private JsonObject Pick(JsonObject item)
    {
        var picked = new JsonObject();
        foreach (var path in _paths)
        {
            if (item.TryGetPropertyValue(string.Join('.', path), out var whole))
            {
                picked[string.Join('.', path)] = whole?.DeepClone();
            }
            else if (path.Length > 1 && Reach(item, path, out var value))
            {
                Put(picked, path, value);
            }
        }

        return picked;
    }

    private static bool Reach(JsonObject item, string[] path, out JsonNode? value)
    {
        JsonNode? at = item;
        foreach (var name in path[..^1])
        {
            at = Member.Of(at, name);
        }

        value = null;
        return at is JsonObject last ? last.TryGetPropertyValue(path[^1], out value) : (value = Member.Of(at, path[^1])) is not null;
    }

    private static void Put(JsonObject picked, string[] path, JsonNode? value)
    {
        foreach (var name in path[..^1])
        {
            if (picked[name] is not JsonObject inner)
            {
                picked[name] = inner = [];
            }

            picked = inner;
        }

        picked[path[^1]] = value?.DeepClone();
    }
}
