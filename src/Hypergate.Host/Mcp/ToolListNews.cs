using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Tells clients that the tools have become others, at most once a second: sessions of revisions up to 2025-11-25 all alike, clients
/// of later ones on the streams that they opened for it.
/// </summary>
internal sealed class ToolListNews(ToolList tools, TimeProvider time)
{
    private const string FirstWithStreams = "2026-07-28";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Notifies a client that has shaken hands; runs until it is cancelled or the client is gone.</summary>
    public async Task BroadcastAsync(McpServer server, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(
                () => server.NegotiatedProtocolVersion is { } version && string.CompareOrdinal(version, FirstWithStreams) < 0
                    ? server.SendNotificationAsync(NotificationMethods.ToolListChangedNotification, CancellationToken.None)
                    : Task.CompletedTask,
                cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Answers <c>subscriptions/listen</c>: an acknowledgement, news as they come, and a result when we end it ourselves.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var wanted = request.Params?.Notifications;
        var granted = new SubscriptionsListenNotifications
        {
            ToolsListChanged = wanted?.ToolsListChanged == true ? true : null,
            PromptsListChanged = wanted?.PromptsListChanged == true ? true : null,
        };
        try
        {
            await FollowAsync(
                () => granted.ToolsListChanged == true ? SendAsync(request, NotificationMethods.ToolListChangedNotification, []) : Task.CompletedTask,
                cancellationToken,
                () => SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, Acknowledgement(granted)));
        }
        catch (OperationCanceledException)
        {
            // That is how a stream ends.
        }

        return new EmptyResult { Meta = Meta(request) };
    }

    // Changes are noted before the first word is said, so that none is lost in between.
    private async Task FollowAsync(Func<Task> tell, CancellationToken cancellationToken, Func<Task>? begin = null)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note(object? sender, EventArgs change) => changes.Writer.TryWrite(true);
        tools.Changed += Note;
        try
        {
            await (begin?.Invoke() ?? Task.CompletedTask);
            await foreach (var _ in changes.Reader.ReadAllAsync(cancellationToken))
            {
                await tell();
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
        finally
        {
            tools.Changed -= Note;
        }
    }

    private static JsonObject Acknowledgement(SubscriptionsListenNotifications granted) => JsonSerializer.SerializeToNode(
        new SubscriptionsAcknowledgedNotificationParams { Notifications = granted },
        McpJsonUtilities.DefaultOptions.GetTypeInfo<SubscriptionsAcknowledgedNotificationParams>())!.AsObject();

    private static Task SendAsync(RequestContext<SubscriptionsListenRequestParams> request, string method, JsonObject parameters)
    {
        parameters["_meta"] = Meta(request);
        return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, CancellationToken.None);
    }

    // Streams share the channel of stdio; the id of the request that opened one tells it from the others.
    private static JsonObject Meta(RequestContext<SubscriptionsListenRequestParams> request) => new()
    {
        [MetaKeys.SubscriptionId] = request.JsonRpcRequest.Id.Id switch
        {
            string text => JsonValue.Create(text),
            long number => JsonValue.Create(number),
            _ => null,
        },
    };
}
