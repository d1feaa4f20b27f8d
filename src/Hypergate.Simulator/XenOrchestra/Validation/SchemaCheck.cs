using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>Checks a JSON value against a schema of the description and says what is wrong as the server says it.</summary>
internal sealed class SchemaCheck(Schemas schemas, Extras extras)
{
    private const string NoSchemaFits = "Value does not match any allowed schema";

    /// <param name="schema">What the value should be.</param>
    /// <param name="value">The value at that place.</param>
    /// <param name="name">The last word of the field's path.</param>
    /// <param name="parent">The path before it, with its dot; or nothing.</param>
    /// <param name="errors">Where the faults go.</param>
    public void Check(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        schema = schemas.Resolve(schema);
        if (Schemas.IsNullable(schema))
        {
            CheckNullable(schema, value, name, parent, errors);
            return;
        }

        if (schema.ContainsKey("anyOf"))
        {
            CheckUnion(schema, value, name, parent, errors);
        }
        else if (schema.ContainsKey("allOf"))
        {
            new IntersectionCheck(schemas, extras).Check(schema, value, name, parent, errors);
        }
        else if (schema["enum"] is JsonArray words)
        {
            CheckEnum(words, value, parent + name, errors);
        }
        else
        {
            CheckType(schema, value, name, parent, errors);
        }
    }

    private void CheckType(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        switch (schema["type"]?.GetValue<string>())
        {
            case "object":
                CheckObject(schema, value, name, parent, errors);
                break;
            case "array":
                CheckArray(schema, value, name, errors);
                break;
            case { } type:
                CheckLeaf(schema, type, value, parent + name, errors);
                break;
        }
    }

    private void CheckNullable(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        var inner = (JsonObject)schema.DeepClone();
        inner.Remove("nullable");
        var own = new FieldErrors();
        if (value.Value is not null)
        {
            Check(inner, value, name, parent, own);
        }

        if (own.Any)
        {
            errors.Add(parent + name, NoSchemaFits, value);
        }
    }

    private void CheckUnion(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        foreach (var part in Schemas.Parts(schema, "anyOf"))
        {
            var own = new FieldErrors();
            Check(part, value, name, parent, own);
            if (!own.Any)
            {
                return;
            }
        }

        errors.Add(parent + name, NoSchemaFits, value);
    }

    private void CheckObject(JsonObject schema, Found value, string name, string parent, FieldErrors errors)
    {
        var path = parent + name;
        if (value.Value is not JsonObject item)
        {
            errors.Add(path, "invalid object", value);
            return;
        }

        CheckExtras(schema, item, path, errors);
        foreach (var (property, declared) in Schemas.Properties(schema))
        {
            CheckProperty(schema, declared!.AsObject(), Found.In(item, property), property, path, errors);
            Coercion.Apply(schemas.Resolve(declared.AsObject()), item, property);
        }

        if (schema["additionalProperties"] is JsonObject others)
        {
            foreach (var property in Unknown(schema, item))
            {
                Check(others, Found.In(item, property), property, path + ".", errors);
            }
        }
    }

    private void CheckProperty(JsonObject schema, JsonObject declared, Found value, string property, string path, FieldErrors errors)
    {
        if (value.IsThere)
        {
            Check(declared, value, property, path + ".", errors);
        }
        else if (Schemas.IsRequired(schema, property) && !schemas.Resolve(declared).ContainsKey("default"))
        {
            errors.Add($"{path}.{property}", $"'{property}' is required", value);
        }
    }

    // Types with a name of their own say it once for each property, types without one say it once for the object.
    private void CheckExtras(JsonObject schema, JsonObject item, string path, FieldErrors errors)
    {
        var hasName = schema["additionalProperties"] is JsonValue flag && !flag.GetValue<bool>();
        var isOpen = !hasName && (schema["additionalProperties"] is not null || !Schemas.Properties(schema).Any());
        string[] unknown = extras == Extras.Ignore || isOpen ? [] : [.. Unknown(schema, item)];
        if (unknown.Length > 0 && !hasName)
        {
            var values = new JsonObject(unknown.Reverse().Select(property => KeyValuePair.Create(property, item[property]?.DeepClone())));
            errors.Add(path, $"\"{string.Join(',', unknown)}\" is an excess property and therefore is not allowed", Found.Of(values));
            return;
        }

        foreach (var property in unknown)
        {
            errors.Add($"{path}.{property}", $"\"{property}\" is an excess property and therefore is not allowed", Found.Of(property));
        }
    }

    private static IEnumerable<string> Unknown(JsonObject schema, JsonObject item) =>
        item.Select(property => property.Key).Except(Schemas.Properties(schema).Select(property => property.Key), StringComparer.Ordinal);

    private void CheckArray(JsonObject schema, Found value, string name, FieldErrors errors)
    {
        var items = value.Value as JsonArray ?? new JsonArray(value.Value?.DeepClone());
        var item = schema["items"]?.AsObject() ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            Check(item, Found.Of(items[i]), string.Create(CultureInfo.InvariantCulture, $"${i}"), name + ".", errors);
        }
    }

    private static void CheckEnum(JsonArray words, Found value, string path, FieldErrors errors)
    {
        if (words.Any(word => word!.ToString() == value.Value?.ToString()))
        {
            return;
        }

        var quoted = words.Select(word => word is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? $"'{text}'" : word!.ToString());
        errors.Add(path, words.Count == 1 ? $"should be one of the following; [{string.Join(',', quoted)}]" : NoSchemaFits, value);
    }

    private static void CheckLeaf(JsonObject schema, string type, Found value, string path, FieldErrors errors)
    {
        if (Leaf.Fault(type, value.Value) is { } fault)
        {
            errors.Add(path, fault, value);
        }
        else if (Leaf.OutOfBounds(schema, value.Value!) is { } bound)
        {
            errors.Add(path, bound, value);
        }
    }
}
