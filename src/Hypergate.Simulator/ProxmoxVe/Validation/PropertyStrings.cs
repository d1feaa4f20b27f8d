using Hypergate.Simulator.ProxmoxVe.Description;

namespace Hypergate.Simulator.ProxmoxVe.Validation;

/// <summary>Texts of the form <c>key=value,key=value</c>, where one key may go without its name.</summary>
internal static class PropertyStrings
{
    /// <summary>The keys and values, aliases resolved, in the order of the text.</summary>
    /// <exception cref="FormatException">The text is none; the message is the platform's.</exception>
    public static Dictionary<string, string> Parse(IReadOnlyList<PropertySchema> keys, string text)
    {
        var result = new Dictionary<string, string>();
        foreach (var part in text.Split(',').Where(static part => part.Trim().Length > 0))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                AddBare(keys, result, part);
            }
            else if (equals == 0 || equals == part.Length - 1)
            {
                throw new FormatException("missing key in comma-separated list property\n");
            }
            else
            {
                Add(keys, result, part[..equals], part[(equals + 1)..]);
            }
        }

        return result;
    }

    private static void AddBare(IReadOnlyList<PropertySchema> keys, Dictionary<string, string> result, string value)
    {
        var bare = keys.FirstOrDefault(static key => key.Bare)
            ?? throw new FormatException("value without key, but schema does not define a default key\n");
        if (!result.TryAdd(bare.Name, Canonical(bare, value)))
        {
            throw new FormatException($"duplicate key in comma-separated list property: {bare.Name}\n");
        }
    }

    private static void Add(IReadOnlyList<PropertySchema> keys, Dictionary<string, string> result, string name, string value)
    {
        if (result.ContainsKey(name))
        {
            throw new FormatException($"duplicate key in comma-separated list property: {name}\n");
        }

        var schema = keys.FirstOrDefault(key => key.Name == name);
        if (schema is { Alias: { } alias })
        {
            if (schema.KeyAlias is { } keyAlias && !result.TryAdd(keyAlias, name))
            {
                throw new FormatException($"key alias '{keyAlias}' is already defined\n");
            }

            name = alias;
            schema = keys.FirstOrDefault(key => key.Name == name);
            if (result.ContainsKey(name))
            {
                throw new FormatException($"key '{name}' is already defined (via alias)\n");
            }
        }

        result[name] = Canonical(schema ?? throw new FormatException($"invalid key in comma-separated list property: {name}\n"), value);
    }

    private static string Canonical(PropertySchema schema, string value) => schema.Type != "boolean" ? value : value.ToLowerInvariant() switch
    {
        "1" or "on" or "yes" or "true" => "1",
        "0" or "off" or "no" or "false" => "0",
        _ => value,
    };
}
