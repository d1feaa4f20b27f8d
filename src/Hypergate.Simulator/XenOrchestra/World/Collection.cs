using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>All objects of one kind, in the order in which the server lists them.</summary>
/// <remarks>
/// Rules work on what is true. Readers of objects that come from the pools see them as they were one cache lag ago: the old
/// object at its old place, no new one, every removed one.
/// </remarks>
internal sealed class Collection
{
    private readonly DataCentre _world;
    private readonly ObjectList _truth = new();
    private readonly ObjectList _shown;
    private readonly HashSet<string> _unshown = new(StringComparer.Ordinal);

    /// <param name="world">Knows who reads and what the lag is.</param>
    /// <param name="name">The path segment: <c>vm-snapshots</c>.</param>
    /// <param name="type">The word in errors and in the objects' <c>type</c>: <c>VM-snapshot</c>.</param>
    public Collection(DataCentre world, string name, string type)
    {
        _world = world;
        Name = name;
        Type = type;
        ComesFromPools = DataCentre.ComeFromPools.Contains(name);
        _shown = ComesFromPools ? new ObjectList() : _truth;
    }

    public string Name { get; }

    public string Type { get; }

    /// <summary>Kept by a hypervisor, cached by the server: reads lag behind.</summary>
    public bool ComesFromPools { get; }

    public int Count => Current.All.Count;

    public IReadOnlyCollection<JsonObject> All => Current.All;

    private ObjectList Current => _world.IsReading ? _shown : _truth;

    public JsonObject? Find(string id) => Current.Find(id);

    public void Add(JsonObject item)
    {
        var id = item["id"]!.GetValue<string>();
        if (_truth.Find(id) is not null)
        {
            throw new ArgumentException($"There is already a {Type} {id}.", nameof(item));
        }

        _truth.Put(id, item);
        Changed(id, ObjectEvent.Add);
    }

    /// <summary>Changes an object in place; one that comes from the pools moves to the end of its list.</summary>
    public void Change(string id, Action<JsonObject> change)
    {
        var item = _truth.Find(id) ?? throw new KeyNotFoundException($"There is no {Type} {id}.");
        if (ComesFromPools && _world.CacheLag > TimeSpan.Zero && ReferenceEquals(_shown.Find(id), item))
        {
            _shown.Replace(id, (JsonObject)item.DeepClone());
        }

        change(item);
        if (ComesFromPools)
        {
            _truth.Put(id, item);
        }

        Changed(id, ObjectEvent.Update);
    }

    public void Remove(string id)
    {
        if (_truth.Find(id) is { } item && _truth.Remove(id))
        {
            if (!ComesFromPools)
            {
                _world.Tell(this, ObjectEvent.Remove, item);
                return;
            }

            Changed(id, ObjectEvent.Remove);
        }
    }

    /// <summary>Lets readers see an object as it is now, or that it is gone.</summary>
    internal void Show(string id)
    {
        _unshown.Remove(id);
        var before = _shown.Find(id);
        if (_truth.Find(id) is { } now)
        {
            _shown.Put(id, now);
            _world.Tell(this, before is null ? ObjectEvent.Add : ObjectEvent.Update, now);
            return;
        }

        if (_shown.Remove(id))
        {
            _world.Tell(this, ObjectEvent.Remove, before!);
        }
    }

    private void Changed(string id, ObjectEvent what)
    {
        if (!ComesFromPools)
        {
            _world.Tell(this, what, _truth.Find(id)!);
            return;
        }

        if (_unshown.Add(id))
        {
            _world.ShowLater(this, id);
        }
    }
}
