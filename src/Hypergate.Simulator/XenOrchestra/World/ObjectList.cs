using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>Objects by id that keep their order; a changed one goes to the end at constant cost.</summary>
internal sealed class ObjectList
{
    private readonly Dictionary<string, LinkedListNode<JsonObject>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<JsonObject> _order = new();

    public IReadOnlyCollection<JsonObject> All => _order;

    public JsonObject? Find(string id) => _nodes.GetValueOrDefault(id)?.Value;

    /// <summary>Adds an object, or puts it at the end in the place of the one with its id.</summary>
    public void Put(string id, JsonObject item)
    {
        Remove(id);
        _nodes.Add(id, _order.AddLast(item));
    }

    /// <summary>Puts another object at the very place of the one with its id.</summary>
    public void Replace(string id, JsonObject item) => _nodes[id].Value = item;

    public bool Remove(string id)
    {
        if (!_nodes.Remove(id, out var node))
        {
            return false;
        }

        _order.Remove(node);
        return true;
    }
}
