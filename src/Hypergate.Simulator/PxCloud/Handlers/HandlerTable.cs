using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Access;
using Hypergate.Simulator.PxCloud.Server;

namespace Hypergate.Simulator.PxCloud.Handlers;

/// <summary>What answers an operation, by the first word of its rule.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, Func<PxCall, JsonNode?>> _handlers = new(StringComparer.Ordinal)
    {
        ["none"] = static _ => throw new PxError(501, "not_implemented", "This simulator has nothing behind it."),
        ["none-done"] = static call => Records.Exists(call),
        ["list"] = Records.List,
        ["get"] = Records.Get,
        ["create"] = Records.Create,
        ["update"] = Records.Update,
        ["delete"] = Records.Delete,
    };

    public HandlerTable(Sessions sessions)
    {
        AccessHandlers.Add(_handlers, sessions);
        VmHandlers.Add(_handlers);
        DeviceHandlers.Add(_handlers);
        NodeHandlers.Add(_handlers);
        AddressHandlers.Add(_handlers);
        PlaceHandlers.Add(_handlers);
        WatchHandlers.Add(_handlers);
        TaskHandlers.Add(_handlers);
    }

    public JsonNode? Run(PxCall call) => _handlers[call.Entry.Rule[0]](call);
}
