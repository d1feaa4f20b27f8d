using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>The types of a file, and the schemas that name them.</summary>
internal sealed class DadlTypes
{
    private const string Reference = "#/backend/types/";
    private const int Deepest = 32;
    private const int DeepestShown = 6;
    private static readonly string[] Plain = ["string", "integer", "number", "boolean", "array", "object", "null", "file_url"];
    private static readonly string[] SchemaKeys = ["items", "additionalProperties"];
    private static readonly string[] ChoiceKeys = ["oneOf", "anyOf", "allOf"];
    private readonly Dictionary<string, JsonElement> _types = new(StringComparer.Ordinal);

    public DadlTypes(DadlSection backend)
    {
        var types = backend.Map("types");
        foreach (var entry in types?.Node.Entries ?? [])
        {
            if (types!.Map(entry.Key) is { } type)
            {
                _types[entry.Key] = DadlJson.Of(type.Node);
            }
        }

        foreach (var (name, type) in _types)
        {
            CheckNames(types!, name, type);
        }
    }

    public IReadOnlyDictionary<string, JsonElement> All => _types;

    /// <summary>The schema of a tool's answer with every type in its place; undefined where there is none.</summary>
    public JsonElement Returns(DadlSection tool)
    {
        if (tool.Find("returns") is not { } node)
        {
            return default;
        }

        var schema = DadlJson.Of(node);
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            tool.Fault(DadlRules.WrongType, "returns", "must be the name of a type, or a schema");
            return default;
        }

        return CheckNames(tool, "returns", schema) ? Whole(schema, 0) : default;
    }

    private bool CheckNames(DadlSection holder, string key, JsonElement schema)
    {
        var wrong = Names(schema, 0).Where(name => !_types.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in wrong)
        {
            holder.Fault(DadlRules.Unresolved, key, DadlFaults.WithNearest($"{DadlFaults.Quoted(name)} is no type of this file", name, _types.Keys));
        }

        return wrong.Count == 0;
    }

    // The type that a schema is or refers to; null where it says itself what it is.
    private static string? NameIn(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.String when !Plain.Contains(schema.GetString()) => Short(schema.GetString()!),
        JsonValueKind.Object when TextOf(schema, "$ref") is { } reference => Short(reference),
        JsonValueKind.Object when TextOf(schema, "type") is { } type && !Plain.Contains(type) => Short(type),
        _ => null,
    };

    private static string? TextOf(JsonElement schema, string key) => schema.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Short(string name) => name.StartsWith(Reference, StringComparison.Ordinal) ? name[Reference.Length..] : name;

    private static IEnumerable<string> Names(JsonElement schema, int depth) => depth > Deepest ? []
        : NameIn(schema) is { } name ? [name]
        : Below(schema).SelectMany(inner => Names(inner, depth + 1));

    private static IEnumerable<JsonElement> Below(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var fields = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().Select(static field => field.Value) : [];
        var inner = SchemaKeys.Select(key => schema.TryGetProperty(key, out var value) ? value : default).Where(static value => value.ValueKind is JsonValueKind.Object or JsonValueKind.String);
        var choices = ChoiceKeys.SelectMany(key => schema.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : []);
        return fields.Concat(inner).Concat(choices);
    }

    // A type that holds itself ends where nobody reads on.
    private JsonElement Whole(JsonElement schema, int depth)
    {
        if (depth > DeepestShown)
        {
            return JsonElement.Parse("{}");
        }

        if (NameIn(schema) is { } name)
        {
            return _types.TryGetValue(name, out var type) ? Whole(type, depth + 1) : JsonElement.Parse("{}");
        }

        return schema.ValueKind switch
        {
            JsonValueKind.String => JsonLists.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type", schema.GetString());
                writer.WriteEndObject();
            }),
            JsonValueKind.Object => JsonLists.Write(writer => Write(writer, schema, depth)),
            _ => schema,
        };
    }

    private void Write(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        writer.WriteStartObject();
        foreach (var property in schema.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property, depth);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, JsonProperty property, int depth)
    {
        var (key, value) = (property.Name, property.Value);
        if (key == "properties" && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var field in value.EnumerateObject())
            {
                writer.WritePropertyName(field.Name);
                Whole(field.Value, depth + 1).WriteTo(writer);
            }

            writer.WriteEndObject();
        }
        else if (ChoiceKeys.Contains(key) && value.ValueKind == JsonValueKind.Array)
        {
            JsonLists.Of(value.EnumerateArray().Select(choice => Whole(choice, depth + 1))).WriteTo(writer);
        }
        else
        {
            (SchemaKeys.Contains(key) ? Whole(value, depth + 1) : value).WriteTo(writer);
        }
    }
}
