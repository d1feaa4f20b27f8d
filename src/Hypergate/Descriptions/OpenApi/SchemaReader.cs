using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>
/// Turns a schema of OpenAPI 3.0 or 3.1 into JSON Schema 2020-12 that stands alone: references inlined, <c>nullable</c>
/// a type, <c>allOf</c> of plain objects merged, objects that declare properties closed. What contains itself keeps a reference there.
/// </summary>
internal sealed class SchemaReader(References references, ReadingBudget budget, DescriptionRules rules)
{
    private readonly SchemaPool _pool = new(budget);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly SchemaDefinitions _definitions = new();
    private bool _isSent;

    /// <summary>The finished schema; <paramref name="examples"/> are added where the schema has none.</summary>
    /// <param name="schema">As it stands in the document.</param>
    /// <param name="examples">Of the value.</param>
    /// <param name="isSent">Whether it is that of a body, which goes without what the platform alone writes.</param>
    /// <exception cref="UnusableOperationException">The schema is cyclic, too large or not a schema.</exception>
    public JsonElement Read(JsonElement schema, IReadOnlyList<JsonElement> examples, bool isSent = false)
    {
        _isSent = isSent && rules.IsGeneral;
        _open.Clear();
        _definitions.Clear();
        var read = Inline(schema, 0);
        _definitions.AddTo(read, Define);
        if (_isSent)
        {
            ReadOnlyProperties.Remove(read);
        }

        if (!rules.IsGeneral)
        {
            SchemaClosing.Close(read);
        }

        var fitting = examples.Where(example => ExampleFit.Fits(read, example)).Select(SchemaKeywords.Copy).ToArray();
        if (fitting.Length > 0 && !read.ContainsKey("examples"))
        {
            read["examples"] = new JsonArray(fitting);
        }

        return _pool.Keep(read);
    }

    private JsonObject Define(string address)
    {
        _open.Clear();
        _open.Add(address);
        return Inline(references.Find(address), 1);
    }

    private JsonObject Inline(JsonElement schema, int depth)
    {
        budget.SpendNodes(1);
        if (rules.IsGeneral && (depth > budget.SchemaDepth || budget.IsSpent))
        {
            return [];
        }

        if (depth > budget.SchemaDepth)
        {
            throw new UnusableOperationException($"its schemas are nested more than {budget.SchemaDepth} levels deep");
        }

        return schema.ValueKind switch
        {
            JsonValueKind.True => [],
            not (JsonValueKind.False or JsonValueKind.Object) when rules.IsGeneral => [],
            JsonValueKind.False => new JsonObject { ["not"] = new JsonObject() },
            JsonValueKind.Object when References.AddressIn(schema) is { } address => InlineReference(schema, address, depth),
            JsonValueKind.Object => InlineObject(schema, depth),
            _ => throw new UnusableOperationException("one of its schemas is not an object"),
        };
    }

    private JsonObject InlineReference(JsonElement schema, string address, int depth)
    {
        if (rules.IsGeneral && !CanFind(address))
        {
            return [];
        }

        if (rules.IsGeneral && _open.Contains(address))
        {
            var again = _definitions.Refer(address);
            return SchemaKeywords.IsNullable(schema) ? SchemaKeywords.OrNull(again) : again;
        }

        if (!_open.Add(address))
        {
            throw new UnusableOperationException($"its schema contains itself ({DescriptionText.OneLine(address, 80)})");
        }

        var target = Inline(references.Find(address), depth + 1);
        _open.Remove(address);
        target = WithSiblings(target, schema, depth);
        Describe(target, schema);
        return SchemaKeywords.IsNullable(schema) ? SchemaKeywords.OrNull(target) : target;
    }

    // What stands beside a reference narrows it, since 3.1; who writes it in 3.0 means the same.
    private JsonObject WithSiblings(JsonObject target, JsonElement schema, int depth)
    {
        if (!rules.IsGeneral || !SchemaKeywords.Narrows(schema))
        {
            return target;
        }

        var beside = InlineObject(schema, depth);
        beside.Remove("description");
        return AllOf.Merge(beside, [target], budget);
    }

    private bool CanFind(string address)
    {
        try
        {
            return references.Find(address).ValueKind != JsonValueKind.Undefined;
        }
        catch (UnusableOperationException)
        {
            return false;
        }
    }

    private JsonObject InlineObject(JsonElement schema, int depth)
    {
        var read = new JsonObject();
        JsonArray? all = null;
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "properties" or "patternProperties":
                    AddProperties(read, keyword, depth);
                    break;
                case "items" when keyword.Value.ValueKind == JsonValueKind.Array:
                    read["prefixItems"] = InlineList(keyword, depth);
                    break;
                case "items" or "not" or "additionalProperties" or "propertyNames" or "contains":
                    AddSchema(read, keyword, depth);
                    break;
                case "anyOf" or "oneOf":
                    read[keyword.Name] = InlineChoices(schema, keyword, depth);
                    break;
                case "prefixItems":
                    read[keyword.Name] = InlineList(keyword, depth);
                    break;
                case "allOf":
                    all = InlineList(keyword, depth);
                    break;
                default:
                    Add(read, keyword, schema);
                    break;
            }
        }

        if (read.ContainsKey("properties") && read["anyOf"] is { } choices)
        {
            read.Remove("anyOf");
            (all ??= []).Add((JsonNode)new JsonObject { ["anyOf"] = choices });
        }

        Describe(read, schema);
        var merged = all is null ? read : AllOf.Merge(read, all, budget);
        return SchemaKeywords.IsNullable(schema) ? SchemaKeywords.OrNull(merged) : merged;
    }

    // A type that does not exist leaves the value open, where the document is all there is.
    private void Add(JsonObject read, JsonProperty keyword, JsonElement schema)
    {
        try
        {
            budget.SpendNodes(SchemaKeywords.Add(read, keyword, schema));
        }
        catch (UnusableOperationException) when (rules.IsGeneral)
        {
            read.Remove(keyword.Name);
        }
    }

    private void Describe(JsonObject read, JsonElement schema)
    {
        if (SchemaKeywords.Text(schema, "description") is { Length: > 0 } text
            && !rules.MeaninglessTexts.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)))
        {
            read["description"] = text;
        }
    }

    private void AddProperties(JsonObject read, JsonProperty keyword, int depth)
    {
        if (keyword.Value.ValueKind != JsonValueKind.Object)
        {
            throw new UnusableOperationException("the properties of one of its schemas are not an object");
        }

        var properties = new JsonObject();
        foreach (var property in keyword.Value.EnumerateObject())
        {
            properties[property.Name] = _isSent && IsReadOnly(property.Value) ? ReadOnlyProperties.Marked() : Inline(property.Value, depth + 1);
        }

        if (properties.Count > 0)
        {
            read[keyword.Name] = properties;
        }
    }

    private bool IsReadOnly(JsonElement property) =>
        ReadOnlyProperties.Is(property) || (References.AddressIn(property) is { } address && CanFind(address) && ReadOnlyProperties.Is(references.Find(address)));

    private void AddSchema(JsonObject read, JsonProperty keyword, int depth) =>
        read[keyword.Name] = keyword.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? keyword.Value.GetBoolean()
            : Inline(keyword.Value, depth + 1);

    private JsonArray InlineChoices(JsonElement schema, JsonProperty keyword, int depth)
    {
        var choices = InlineList(keyword, depth);
        if (rules.IsGeneral)
        {
            Discriminator.Apply(schema, keyword.Name, choices);
        }

        return choices;
    }

    private JsonArray InlineList(JsonProperty keyword, int depth)
    {
        if (keyword.Value.ValueKind != JsonValueKind.Array || keyword.Value.GetArrayLength() == 0)
        {
            throw new UnusableOperationException($"{keyword.Name} of one of its schemas is not a list of schemas");
        }

        var list = new JsonArray();
        foreach (var member in keyword.Value.EnumerateArray())
        {
            list.Add((JsonNode)Inline(member, depth + 1));
        }

        return list;
    }
}
