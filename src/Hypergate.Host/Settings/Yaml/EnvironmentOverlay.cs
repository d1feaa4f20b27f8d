using System.Globalization;
using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Settings from variables such as <c>HYPERGATE__AUDIT__RETENTION_DAYS</c>: each double underscore is a step down. Case, <c>-</c> and <c>_</c> do not count in names, and what a
/// value is follows from the setting. They win over files.
/// </summary>
internal sealed class EnvironmentOverlay
{
    private const string Step = "__";

    private readonly JsonElement _schema;
    private readonly SettingsSources _sources;

    public EnvironmentOverlay(JsonElement schema, SettingsSources sources)
    {
        (_schema, _sources) = (schema, sources);
        Variables = SettingVariables.Of(sources);
    }

    /// <summary>Those that are set.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The settings with what the variables say.</summary>
    /// <exception cref="SettingsException">One leads nowhere, or two to the same place.</exception>
    public SettingsNode? Over(SettingsNode? root)
    {
        foreach (var name in Variables)
        {
            root = Put(root, _schema, name[SettingVariables.Prefix.Length..].Split(Step), 0, new Wish(name, "", _sources.Variable(name)!));
        }

        return root;
    }

    private SettingsNode Put(SettingsNode? at, JsonElement schema, IReadOnlyList<string> steps, int index, Wish wish)
    {
        schema = Resolved(schema);
        if (index == steps.Count)
        {
            return Value(at, schema, wish);
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return PutItem(at as SettingsNode.List, items, steps, index, wish);
        }

        var map = at as SettingsNode.Map ?? new SettingsNode.Map(wish.Place, []);
        var (key, below) = Below(map, schema, steps[index], wish);
        return map.With(new(key, wish.Place, Put(map.Find(key), below, steps, index + 1, wish.At($"{wish.Path}{(wish.Path == "" ? "" : ".")}{key}"))));
    }

    private SettingsNode.List PutItem(SettingsNode.List? at, JsonElement schema, IReadOnlyList<string> steps, int index, Wish wish)
    {
        List<SettingsNode> items = [.. at?.Items ?? []];
        if (!int.TryParse(steps[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > items.Count)
        {
            throw wish.Wrong($"{wish.Path} is a list of {items.Count}: after it comes a number from 0 to {items.Count}, not {steps[index]}");
        }

        var item = Put(number < items.Count ? items[number] : null, schema, steps, index + 1, wish.At($"{wish.Path}[{number}]"));
        return new(at?.Place ?? wish.Place, number < items.Count ? [.. items.Select((known, other) => other == number ? item : known)] : [.. items, item]);
    }

    private static (string Key, JsonElement Schema) Below(SettingsNode.Map map, JsonElement schema, string step, Wish wish)
    {
        if (schema.TryGetProperty("properties", out var properties))
        {
            var known = properties.EnumerateObject().FirstOrDefault(property => IsSame(property.Name, step));
            return known.Value.ValueKind == JsonValueKind.Object ? (known.Name, known.Value)
                : throw wish.Wrong($"there is no setting {(wish.Path == "" ? "" : $"{wish.Path}.")}{step.ToLowerInvariant()}{Near(step, properties)}");
        }

        return schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object && step != ""
            ? (map.Entries.FirstOrDefault(entry => IsSame(entry.Key, step))?.Key ?? step.ToLowerInvariant(), each)
            : throw wish.Wrong($"{wish.Path} is one value, and nothing lies below it");
    }

    private static SettingsNode Value(SettingsNode? at, JsonElement schema, Wish wish)
    {
        if (at is not SettingsNode.Map && at is not null && SettingVariables.IsOne(at.Place.Source))
        {
            throw wish.Wrong($"{wish.Path} is set by {at.Place.Source} as well; keep one of them");
        }

        // What one variable says of a map stands beside what others and files say of it.
        return (Read(JsonTypes.Wanted(schema), wish), at) switch
        {
            (SettingsNode.Map map, SettingsNode.Map known) => map.Entries.Aggregate(known, (all, entry) => all.With(entry with { Key = Below(all, schema, entry.Key, wish).Key })),
            var (node, _) => node,
        };
    }

    private static SettingsNode Read(IReadOnlyList<string> wanted, Wish wish) => wanted switch
    {
        _ when wanted.Contains("array") && wish.Text.TrimStart() is ['[', ..] => Yaml(wish),
        ["array"] => new SettingsNode.List(wish.Place, [.. wish.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => new SettingsNode.Scalar(wish.Place, text, Plain: true))]),
        ["object"] => Yaml(wish),
        _ => new SettingsNode.Scalar(wish.Place, wish.Text, Plain: true),
    };

    private static SettingsNode Yaml(Wish wish) => YamlReader.Read(wish.Text, wish.Variable) ?? new SettingsNode.Scalar(wish.Place, wish.Text, Plain: true);

    private JsonElement Resolved(JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
        {
            return schema;
        }

        return reference.GetString()!.Split('/').Skip(1).Aggregate(_schema, static (at, step) => at.GetProperty(step));
    }

    private static bool IsSame(string one, string other) => Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static string Near(string step, JsonElement properties) =>
        NearestName.Find(step, properties.EnumerateObject().Select(static property => property.Name)) is { } near ? $"; did you mean {near}?" : "";

    /// <param name="Variable">What is set.</param>
    /// <param name="Path">How far it has come.</param>
    /// <param name="Text">The value.</param>
    private sealed record Wish(string Variable, string Path, string Text)
    {
        public SettingsPlace Place => new(Variable, 0);

        public Wish At(string path) => this with { Path = path };

        public SettingsException Wrong(string problem) => new($"{Variable}: {problem}");
    }
}
