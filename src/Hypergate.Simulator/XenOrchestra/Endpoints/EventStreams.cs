using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.Events;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Server-sent events: the stream, and its subscriptions.</summary>
internal sealed class EventStreams(DataCentre world, EventHub hub, SimulatorOptions options)
{
    public async Task OpenAsync(XoRequest request)
    {
        var queue = new OutputQueue(options.EventQueueBytes);
        var stream = world.Write(() =>
        {
            var opened = new EventStream(world.NextId(), request.Caller!, queue);
            hub.Open(opened);
            return opened;
        });
        request.Http.Response.ContentType = "text/event-stream";
        request.Http.Response.Headers.CacheControl = "no-cache";
        await using var ping = world.Time.CreateTimer(
            _ => stream.Send("ping", world.Time.GetUtcNow().ToUnixTimeMilliseconds()), null, options.EventPing, options.EventPing);
        try
        {
            await queue.SendAsync(request.Http);
        }
        finally
        {
            world.Write(() =>
            {
                hub.Close(stream);
                return true;
            });
        }
    }

    public Task SubscribeAsync(XoRequest request)
    {
        var type = request.Body!["collection"]!.GetValue<string>();
        var fields = request.Body["fields"] is JsonArray names
            ? FieldPicker.Of(names.Select(name => name!.GetValue<string>()))
            : FieldPicker.Of("*");
        world.Write(() =>
        {
            Find(request).Subscribe(type, fields);
            return true;
        });
        return Answer.JsonAsync(request.Http, 201, new JsonObject { ["id"] = type });
    }

    public Task UnsubscribeAsync(XoRequest request)
    {
        var type = request.Path["subscriptionId"];
        var wasThere = world.Write(() => Find(request).Unsubscribe(type));
        return wasThere ? Answer.JsonAsync(request.Http, 204, null) : throw Missing.Of(type, "subscription");
    }

    private EventStream Find(XoRequest request) => hub.Find(request.Id) ?? throw Missing.Of(request.Id, "event stream");
}
