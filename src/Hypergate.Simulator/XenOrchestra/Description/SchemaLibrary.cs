using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>The named schemas, read when they are asked for, and those that follow from them.</summary>
internal sealed class SchemaLibrary
{
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _read = new(StringComparer.Ordinal);

    public SchemaLibrary(IEnumerable<string> lines, IEnumerable<string> privileges)
    {
        Define(lines);
        _read["Privilege"] = PrivilegeSchemas.Create(privileges, "id", "roleId");
        _read["NewPrivilege"] = PrivilegeSchemas.Create(privileges, "roleId");
        _read["PrivilegeChange"] = Partial(PrivilegeSchemas.Create(privileges));
        _read["NdjsonStream"] = Read("bytes");
        _read["Started"] = Read("{ taskId: string }");
    }

    /// <summary>Every named schema.</summary>
    public JsonObject All
    {
        get
        {
            foreach (var name in _definitions.Keys)
            {
                Find(name);
            }

            return new(_read.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value)));
        }
    }

    public JsonObject Find(string name)
    {
        if (!_read.TryGetValue(name, out var schema))
        {
            _read[name] = schema = Read(_definitions[name]);
        }

        return schema;
    }

    /// <summary>The schema of a type in the short notation.</summary>
    public JsonObject Read(string type) => SchemaReader.Read(type, Find);

    /// <summary>A reference to the answer of a list: addresses, objects with some of their fields, ndjson or markdown.</summary>
    public JsonObject List(string name)
    {
        if (_read.TryAdd($"{name}List", []))
        {
            _read[$"Partial{name}"] = Partial(Find(name));
            _read[$"{name}WithHref"] = Read($"Partial{name} & {{ href: string }}");
            _read[$"{name}List"] = Read($"string[] | {name}WithHref[] | NdjsonStream | string");
        }

        return SchemaReader.Reference($"{name}List");
    }

    private JsonObject Partial(JsonObject schema)
    {
        if (schema["$ref"] is { } reference)
        {
            return Partial(Find(reference.GetValue<string>().Split('/')[^1]));
        }

        var partial = schema.DeepClone().AsObject();
        partial.Remove("required");
        if (schema["anyOf"] is JsonArray choices)
        {
            partial["anyOf"] = new JsonArray([.. choices.Select(choice => Partial(choice!.AsObject()))]);
        }

        return partial;
    }

    private void Define(IEnumerable<string> lines)
    {
        var name = "";
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                _definitions[name] += $" {line.Trim()}";
                continue;
            }

            var equals = line.IndexOf(" =", StringComparison.Ordinal);
            name = line[..equals];
            _definitions[name] = line[(equals + 2)..].Trim();
        }
    }
}
