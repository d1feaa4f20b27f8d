using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Tells clients that lists have become others, at most once a second: sessions of revisions up to 2025-11-25 all alike, clients
/// of later ones on the streams that they opened for it.
/// </summary>
/// <param name="changes">What there is to tell.</param>
/// <param name="ending">Cancelled when the gateway stops: open streams are then closed with a word.</param>
internal sealed class ListNews(ListChanges changes, TimeProvider time, CancellationToken ending = default)
{
    private const ListKinds Everything = ListKinds.Tools | ListKinds.Prompts | ListKinds.Resources;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly (ListKinds List, string Method)[] Notifications =
    [
        (ListKinds.Tools, NotificationMethods.ToolListChangedNotification),
        (ListKinds.Prompts, NotificationMethods.PromptListChangedNotification),
        (ListKinds.Resources, NotificationMethods.ResourceListChangedNotification),
    ];

    /// <summary>Notifies a client that has shaken hands; runs until it is cancelled or the client is gone.</summary>
    public async Task BroadcastAsync(McpServer server, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(
                Everything,
                method => server.NegotiatedProtocolVersion is { } version && string.CompareOrdinal(version, Revisions.Stateless) < 0
                    ? server.SendNotificationAsync(method, CancellationToken.None)
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
            ResourcesListChanged = wanted?.ResourcesListChanged == true ? true : null,
        };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending, RequestEnd.Of(request.JsonRpcRequest));
        try
        {
            await FollowAsync(
                KindsOf(granted),
                method => SendAsync(request, method, []),
                end.Token,
                () => SendAsync(request, NotificationMethods.SubscriptionsAcknowledgedNotification, Acknowledgement(granted)));
        }
        catch (OperationCanceledException)
        {
            // That is how a stream ends.
        }

        return new EmptyResult { Meta = Meta(request) };
    }

    // Changes are noted before the first word is said, so that none is lost in between.
    private async Task FollowAsync(ListKinds wanted, Func<string, Task> tell, CancellationToken cancellationToken, Func<Task>? begin = null)
    {
        var waiting = 0;
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note(object? sender, ListsChangedEventArgs change)
        {
            Interlocked.Or(ref waiting, (int)(change.Lists & wanted));
            wake.Writer.TryWrite(true);
        }

        changes.Changed += Note;
        try
        {
            await (begin?.Invoke() ?? Task.CompletedTask);
            await foreach (var _ in wake.Reader.ReadAllAsync(cancellationToken))
            {
                var lists = (ListKinds)Interlocked.Exchange(ref waiting, 0);
                foreach (var (_, method) in Notifications.Where(entry => lists.HasFlag(entry.List)))
                {
                    await tell(method);
                }

                await Task.Delay(lists == ListKinds.None ? TimeSpan.Zero : Interval, time, cancellationToken);
            }
        }
        finally
        {
            changes.Changed -= Note;
        }
    }

    private static ListKinds KindsOf(SubscriptionsListenNotifications granted) =>
        (granted.ToolsListChanged == true ? ListKinds.Tools : ListKinds.None)
        | (granted.PromptsListChanged == true ? ListKinds.Prompts : ListKinds.None)
        | (granted.ResourcesListChanged == true ? ListKinds.Resources : ListKinds.None);

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
