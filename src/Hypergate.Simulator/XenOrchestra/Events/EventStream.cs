using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.Answers;

namespace Hypergate.Simulator.XenOrchestra.Events;

/// <summary>One open connection for events, and what its client has subscribed to.</summary>
internal sealed class EventStream(string id, Caller caller, OutputQueue queue)
{
    private readonly Dictionary<string, FieldPicker> _subscriptions = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public Caller Caller { get; } = caller;

    public void Subscribe(string type, FieldPicker fields) => _subscriptions[type] = fields;

    public bool Unsubscribe(string type) => _subscriptions.Remove(type);

    public bool Wants(string type) => _subscriptions.ContainsKey(type);

    public void Send(string type, string name, JsonObject item)
    {
        var data = _subscriptions[type].Copy(item);
        data.Remove("$subscription");
        data.Insert(0, "$subscription", type);
        Send(name, data);
    }

    public void Send(string name, JsonNode data) => queue.Post($"event: {name}\ndata: {Json.Line(data)}\n\n");
}
