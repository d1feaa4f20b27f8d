using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Schemas that contain themselves: named where they come again, and defined once under <c>$defs</c>.</summary>
internal sealed class SchemaDefinitions
{
    private readonly List<(string Address, string Name)> _wanted = [];

    public void Clear() => _wanted.Clear();

    /// <summary>A reference to what comes again.</summary>
    public JsonObject Refer(string address)
    {
        var name = _wanted.Find(known => known.Address == address).Name;
        if (name is null)
        {
            _wanted.Add((address, name = Free(address)));
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>Adds the definitions of all that was referred to, and of what is referred to in them.</summary>
    /// <param name="schema">The whole.</param>
    /// <param name="read">Reads what an address names.</param>
    public void AddTo(JsonObject schema, Func<string, JsonObject> read)
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        var definitions = new JsonObject();
        for (var made = 0; made < _wanted.Count; made++)
        {
            definitions[_wanted[made].Name] = read(_wanted[made].Address);
        }

        schema["$defs"] = definitions;
    }

    private string Free(string address)
    {
        var last = string.Concat(address[(address.LastIndexOf('/') + 1)..].Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        var name = last.Length == 0 ? "Part" : last;
        for (var number = 2; _wanted.Exists(known => known.Name == name); number++)
        {
            name = $"{last}_{number}";
        }

        return name;
    }
}
