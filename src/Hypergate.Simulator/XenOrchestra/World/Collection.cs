using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>All objects of one kind, in the order in which the server lists them: a changed object moves to the end.</summary>
/// <param name="name">The path segment: <c>vm-snapshots</c>.</param>
/// <param name="type">The word in errors and in the objects' <c>type</c>: <c>VM-snapshot</c>.</param>
internal sealed class Collection(string name, string type)
{
    private readonly OrderedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public string Type { get; } = type;

    public int Count => _objects.Count;

    public IReadOnlyCollection<JsonObject> All => _objects.Values;

    public JsonObject? Find(string id) => _objects.GetValueOrDefault(id);

    public void Add(JsonObject item) => _objects.Add(item["id"]!.GetValue<string>(), item);

    /// <summary>Changes an object in place, and moves it to the end of its list.</summary>
    public void Change(string id, Action<JsonObject> change)
    {
        var item = _objects[id];
        change(item);
        _objects.Remove(id);
        _objects.Add(id, item);
    }

    public void Remove(string id) => _objects.Remove(id);
}
