using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Events;

/// <summary>Tells the open event streams what became visible. Everything here happens under the lock of the data centre.</summary>
internal sealed class EventHub
{
    private readonly DataCentre _world;
    private readonly Dictionary<string, EventStream> _streams = new(StringComparer.Ordinal);

    public EventHub(DataCentre world)
    {
        _world = world;
        world.Listen(Tell);
    }

    public int Count => _streams.Count;

    public EventStream? Find(string id) => _streams.GetValueOrDefault(id);

    public void Open(EventStream stream)
    {
        _streams.Add(stream.Id, stream);
        stream.Send("init", new JsonObject { ["id"] = stream.Id });
    }

    public void Close(EventStream stream) => _streams.Remove(stream.Id);

    private void Tell(Collection collection, ObjectEvent what, JsonObject item)
    {
        foreach (var stream in _streams.Values)
        {
            if (stream.Wants(collection.Type)
                && new Rights(_world, stream.Caller).May(Resources.Resource(collection.Name), "read", item))
            {
                stream.Send(collection.Type, Name(what), item);
            }
        }
    }

    private static string Name(ObjectEvent what) => what switch
    {
        ObjectEvent.Add => "add",
        ObjectEvent.Update => "update",
        _ => "remove",
    };
}
