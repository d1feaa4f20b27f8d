using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>Checks a value against every part of an <c>allOf</c>; its errors are sentences that hold JSON.</summary>
internal sealed class IntersectionCheck(Schemas schemas, Extras extras)
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Check(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        var path = parent + name;
        var parts = Schemas.Parts(schema, "allOf").ToList();
        var issues = new JsonArray();
        foreach (var part in parts)
        {
            var own = new FieldErrors();
            new SchemaCheck(schemas, Extras.Ignore).Check(part, value, name, parent, own);
            if (own.Any)
            {
                issues.Add(own.All);
            }
        }

        if (issues.Count > 0)
        {
            errors.Add(path, $"Could not match the intersection against every type. Issues: {issues.ToJsonString(Compact)}", value);
            return;
        }

        var combinations = Combinations(parts);
        if (extras == Extras.Refuse && !combinations.Exists(shape => shape.IsOpen || Fits(shape, value.Value!.AsObject())))
        {
            var known = new JsonArray([.. combinations.Select(shape => new JsonArray([.. shape.Properties.Select(p => (JsonNode)p)]))]);
            errors.Add(path, $"Could not match intersection against any of the possible combinations: {known.ToJsonString(Compact)}", value);
        }
    }

    private static bool Fits(Shape shape, JsonObject item) => item.All(property => shape.Properties.Contains(property.Key, StringComparer.Ordinal));

    /// <summary>One shape for each way to choose one alternative of every part.</summary>
    private List<Shape> Combinations(IEnumerable<JsonObject> parts) =>
        parts.Aggregate<JsonObject, List<Shape>>(
            [new Shape([], false)],
            (shapes, part) => [.. from shape in shapes from own in Shapes(part) select shape.With(own)]);

    private List<Shape> Shapes(JsonObject schema)
    {
        schema = schemas.Resolve(schema);
        if (schema.ContainsKey("allOf"))
        {
            return Combinations(Schemas.Parts(schema, "allOf"));
        }

        return schema.ContainsKey("anyOf")
            ? [.. Schemas.Parts(schema, "anyOf").SelectMany(Shapes)]
            : [new Shape([.. Schemas.Properties(schema).Select(p => p.Key)], IsOpen(schema))];
    }

    private static bool IsOpen(JsonObject schema) =>
        schema["additionalProperties"] is { } others && (others is not JsonValue flag || flag.GetValue<bool>());

    private sealed record Shape(IReadOnlyList<string> Properties, bool IsOpen)
    {
        public Shape With(Shape other) =>
            new([.. Properties.Union(other.Properties, StringComparer.Ordinal)], IsOpen || other.IsOpen);
    }
}
