using System.Text.Json;
using Hypergate.Host.Mcp.Http;

namespace Hypergate.Host.Bridge;

/// <summary>
/// <c>subscriptions/listen</c> of 2026-07-28: a request that stays open. Where its connection breaks it is made again, and the client
/// is told of a change in everything it was granted, since one may have been missed.
/// </summary>
internal sealed class Subscriptions(RemoteEndpoint remote, Func<RpcMessage, Task> tell, TimeProvider time)
{
    private const int Failed = -32000;
    private const string Acknowledged = "notifications/subscriptions/acknowledged";

    private static readonly (string Grant, string Method)[] Kinds =
    [
        ("toolsListChanged", "notifications/tools/list_changed"),
        ("promptsListChanged", "notifications/prompts/list_changed"),
        ("resourcesListChanged", "notifications/resources/list_changed"),
    ];

    /// <summary>Runs until the server or the client ends it; gives the error to answer with where there was no answer.</summary>
    public async Task<RpcMessage?> RunAsync(OpenCall call, CancellationToken cancellationToken)
    {
        RpcMessage? granted = null;
        for (var failures = 0; ; failures++)
        {
            using var answer = await remote.PostAsync(call.Request, Headers(call.Request), cancellationToken);
            try
            {
                await foreach (var message in answer.ReadAsync(cancellationToken))
                {
                    if (message.Method == Acknowledged)
                    {
                        failures = 0;
                        await (granted is null ? tell(message) : TellMissedAsync(call, message));
                        granted = message;
                        continue;
                    }

                    var isAnswer = message.Method is null;
                    await tell(isAnswer && message.Id != call.Id ? message.WithId(call.Id) : message);
                    if (isAnswer)
                    {
                        return null;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                // It is opened again.
            }

            if (granted is null || answer.Status is >= 400 and < 500)
            {
                return RpcMessage.Error(call.Id, Failed, answer.IsSuccess ? "The gateway ended the subscription before it began." : answer.Problem);
            }

            await Task.Delay(RemoteEndpoint.Pause(failures), time, cancellationToken);
        }
    }

    private async Task TellMissedAsync(OpenCall call, RpcMessage acknowledged)
    {
        if (acknowledged.Parameter("notifications") is not { ValueKind: JsonValueKind.Object } grants)
        {
            return;
        }

        foreach (var (_, method) in Kinds.Where(kind => grants.TryGetProperty(kind.Grant, out var grant) && grant.ValueKind == JsonValueKind.True))
        {
            await tell(RpcMessage.Notification(method, call.Id));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(RpcMessage request) =>
        [new(RequestHeaders.Version, request.Revision!), new(RequestHeaders.Method, request.Method!)];
}
