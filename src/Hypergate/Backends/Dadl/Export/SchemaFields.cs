using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>The fields that a schema declares for an object, with those of its alternatives.</summary>
internal static partial class SchemaFields
{
    private const int NumberedFields = 8;
    private const int Deepest = 4;

    private static readonly string[] Alternatives = ["anyOf", "oneOf", "allOf"];

    public static IReadOnlyList<SchemaField> Of(JsonElement schema) => Of(schema, 0);

    /// <summary>Whether an object may hold what the fields do not name, and the schema says so.</summary>
    public static bool IsOpen(JsonElement schema) => schema.ValueKind == JsonValueKind.Object
        && (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind is JsonValueKind.Object or JsonValueKind.True
            || (schema.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object && patterns.EnumerateObject().Any(static pattern => !Numbered(pattern.Name).Any()))
            || (schema.TryGetProperty("type", out var type) && type.ToString() == "object" && Of(schema).Count == 0 && !(others.ValueKind == JsonValueKind.False)));

    private static List<SchemaField> Of(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return [];
        }

        var required = Names(schema);
        var fields = Properties(schema, "properties").Select(property => new SchemaField(property.Name, property.Value, required.Contains(property.Name))).ToList();
        fields.AddRange(Properties(schema, "patternProperties").SelectMany(static pattern => Numbered(pattern.Name).Select((name, number) => new SchemaField(name, pattern.Value, IsRequired: false) { IsFurther = number > 0 })));
        foreach (var word in Alternatives)
        {
            var branches = schema.TryGetProperty(word, out var several) && several.ValueKind == JsonValueKind.Array ? several.EnumerateArray().Select(branch => Of(branch, depth + 1)).ToList() : [];
            foreach (var field in branches.SelectMany(static branch => branch).Where(field => !fields.Exists(known => known.Name == field.Name)).DistinctBy(static field => field.Name, StringComparer.Ordinal).ToList())
            {
                var isEverywhere = word == "allOf" || branches.TrueForAll(branch => branch.Exists(one => one.Name == field.Name && one.IsRequired));
                fields.Add(field with { IsRequired = required.Contains(field.Name) || (field.IsRequired && isEverywhere) });
            }
        }

        return fields;
    }

    private static HashSet<string> Names(JsonElement schema) => schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
        ? names.EnumerateArray().Select(static name => name.ToString()).ToHashSet(StringComparer.Ordinal)
        : [];

    private static JsonElement.ObjectEnumerator Properties(JsonElement schema, string word) =>
        schema.TryGetProperty(word, out var properties) && properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default;

    // net0, net1 …: a file must name each.
    private static IEnumerable<string> Numbered(string pattern) => NumberedPattern().Match(pattern) is { Success: true } match
        ? Enumerable.Range(0, NumberedFields).Select(number => match.Groups["name"].Value + number.ToString(CultureInfo.InvariantCulture))
        : [];

    [GeneratedRegex(@"^\^(?<name>[A-Za-z_-]+)\\d\{1,3\}\$$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedPattern();
}

/// <summary>A field of an object.</summary>
internal sealed record SchemaField(string Name, JsonElement Schema, bool IsRequired)
{
    /// <summary>Whether it is a numbered one of which the first says all.</summary>
    public bool IsFurther { get; init; }

    /// <summary>May be empty.</summary>
    public string Description => !IsFurther && Schema.ValueKind == JsonValueKind.Object && Schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
