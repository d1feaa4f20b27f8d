using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Finds the fields of a list's objects in the schema of an answer, without inlining it.</summary>
internal sealed class ItemFields(References references)
{
    private const int Deepest = 16;
    private const int Most = 500;
    private const int LongestName = 128;
    private const int MostSchemas = 2_000;
    private const int MostNamesSeen = 500_000;

    private static readonly string[] Joints = ["allOf", "anyOf", "oneOf"];

    private readonly Dictionary<string, Found> _known = new(StringComparer.Ordinal);
    private int _schemasLeft;
    private int _namesSeen;

    /// <param name="Names">In the order of the schema; empty where it does not say.</param>
    /// <param name="IsAlwaysList">Whether the answer is an array and nothing else.</param>
    public sealed record Found(IReadOnlyList<string> Names, bool IsAlwaysList);

    public Found Of(JsonElement schema)
    {
        var address = References.AddressIn(schema);
        if (address is not null && _known.TryGetValue(address, out var known))
        {
            return known;
        }

        _schemasLeft = MostSchemas;
        var names = new OrderedNames();
        var isList = false;
        try
        {
            isList = AddItems(schema, names, 0);
        }
        catch (UnusableOperationException)
        {
            // A broken answer is no reason to lose the operation: what was found so far is all that is known.
        }

        var found = new Found(names.ToList(), isList);
        return address is null ? found : _known[address] = found;
    }

    public static bool IsGoodName(string name) =>
        name.Length is > 0 and <= LongestName && !name.Any(static c => char.IsControl(c) || c is ',' or ' ');

    // Whether every choice of the schema is an array.
    private bool AddItems(JsonElement schema, OrderedNames names, int depth)
    {
        if (!Enter(ref schema, depth))
        {
            return false;
        }

        if (schema.TryGetProperty("items", out var items))
        {
            AddNames(items, names, depth + 1);
            return true;
        }

        var areLists = false;
        var areOthers = false;
        foreach (var choice in Choices(schema))
        {
            var isList = AddItems(choice, names, depth + 1);
            areLists |= isList;
            areOthers |= !isList;
        }

        return areLists && !areOthers;
    }

    private void AddNames(JsonElement schema, OrderedNames names, int depth)
    {
        if (!Enter(ref schema, depth) || names.Count >= Most)
        {
            return;
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                _namesSeen++;
                if (property.Value.ValueKind != JsonValueKind.Object || !SchemaKeywords.IsTrue(property.Value, "writeOnly"))
                {
                    names.Add(property.Name);
                }
            }
        }

        foreach (var part in Choices(schema))
        {
            AddNames(part, names, depth + 1);
        }
    }

    private bool Enter(ref JsonElement schema, int depth)
    {
        if (depth > Deepest || --_schemasLeft < 0 || _namesSeen > MostNamesSeen)
        {
            return false;
        }

        schema = references.Follow(schema);
        return schema.ValueKind == JsonValueKind.Object;
    }

    private static IEnumerable<JsonElement> Choices(JsonElement schema) =>
        Joints
            .Select(keyword => schema.TryGetProperty(keyword, out var list) ? list : default)
            .Where(static list => list.ValueKind == JsonValueKind.Array)
            .SelectMany(static list => list.EnumerateArray());

    private sealed class OrderedNames
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public int Count => _names.Count;

        public void Add(string name)
        {
            if (_names.Count < Most && IsGoodName(name) && _seen.Add(name))
            {
                _names.Add(name);
            }
        }

        public List<string> ToList() => _names;
    }
}
