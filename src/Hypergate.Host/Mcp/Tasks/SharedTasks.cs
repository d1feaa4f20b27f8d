using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Hypergate.Host.State;
using ModelContextProtocol;

namespace Hypergate.Host.Mcp.Tasks;

/// <summary>
/// Tasks as clients see them, where every replica can tell. A call runs at the replica that began it; what a client asks of it at another
/// one is handed on. Where that replica has died, the task has failed.
/// </summary>
internal sealed class SharedTasks : IAsyncDisposable
{
    private const string Family = "tasks";
    private const string UpdateTopic = "task.update";
    private const string CancelTopic = "task.cancel";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Task> _following = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Replica _replica;
    private readonly TimeProvider _time;
    private DateTimeOffset _cleaned;

    /// <param name="replica">The way to the others.</param>
    /// <param name="update">Takes answers to a task's questions: its id, and the parameters of the request.</param>
    /// <param name="cancel">Ends a task: its id.</param>
    /// <param name="time">For what is old.</param>
    public SharedTasks(Replica replica, Action<string, JsonNode?> update, Action<string> cancel, TimeProvider time)
    {
        (_replica, _time, _cleaned) = (replica, time, time.GetUtcNow());
        replica.Listen(UpdateTopic, message => update(message.Key, JsonNode.Parse(message.Body)));
        replica.Listen(CancelTopic, message => cancel(message.Key));
    }

    /// <summary>Lets others see a task from now on. While they cannot, it is this replica's alone.</summary>
    public async Task ShareAsync(RunningTask task)
    {
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        task.Follow(() => news.Writer.TryWrite(true));
        await TryWriteAsync(task);
        _following[task.Id] = FollowAsync(task, news.Reader);
        await CleanAsync();
    }

    /// <summary>What a client sees of a task of another replica; null where there is none of this owner.</summary>
    /// <exception cref="McpProtocolException">It cannot be found out.</exception>
    public async Task<JsonObject?> ViewAsync(string id, string owner, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(id, owner, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new McpProtocolException("What other replicas run cannot be found out at present; ask again.", exception, McpErrorCode.InternalError);
        }
    }

    private async Task<JsonObject?> ReadAsync(string id, string owner, CancellationToken cancellationToken)
    {
        if (await _replica.Store.FindAsync(Family, id, cancellationToken) is not { } entry
            || JsonNode.Parse(entry.Value) is not JsonObject kept || (string?)kept["owner"] != owner || kept["view"]?.DeepClone() is not JsonObject view)
        {
            return null;
        }

        if ((string?)view["status"] is "working" or "input_required" && !await _replica.IsAliveAsync((string?)kept["replica"] ?? "", cancellationToken))
        {
            view.Remove("inputRequests");
            view["status"] = "failed";
            view["error"] = new JsonObject
            {
                ["code"] = (int)McpErrorCode.InternalError,
                ["message"] = "The replica that ran this call has ended. Whether the platform did it shows there, and in the audit.",
            };
        }

        return view;
    }

    public Task TellUpdateAsync(string id, JsonNode? parameters, CancellationToken cancellationToken) =>
        _replica.TellAsync(new(UpdateTopic, id, parameters?.ToJsonString() ?? "null"), cancellationToken);

    public Task TellCancelAsync(string id, CancellationToken cancellationToken) => _replica.TellAsync(new(CancelTopic, id, ""), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_following.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task FollowAsync(RunningTask task, ChannelReader<bool> news)
    {
        var isOver = false;
        while (!isOver)
        {
            await Task.WhenAny(news.WaitToReadAsync(_end.Token).AsTask(), task.Finished);
            while (news.TryRead(out _))
            {
            }

            var wasFinished = task.Finished.IsCompleted;
            isOver = await TryWriteAsync(task) && wasFinished;
            await Task.Delay(Pause, _time, _end.Token);
        }

        _following.TryRemove(task.Id, out _);
    }

    private async Task<bool> TryWriteAsync(RunningTask task)
    {
        var value = new JsonObject
        {
            ["owner"] = task.IsClosed ? "" : task.Owner.Name,
            ["replica"] = _replica.Id,
            ["at"] = TaskView.Iso(_time.GetUtcNow()),
            ["view"] = TaskView.Of(task),
        }.ToJsonString();
        try
        {
            var version = (await _replica.Store.FindAsync(Family, task.Id, _end.Token))?.Version;
            return await _replica.Store.TryWriteAsync(Family, task.Id, version, value, _end.Token);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Once an hour, for all replicas that have died as well.
    private async Task CleanAsync()
    {
        var now = _time.GetUtcNow();
        if (now - _cleaned < RunningTask.Lifetime)
        {
            return;
        }

        _cleaned = now;
        try
        {
            foreach (var entry in await _replica.Store.ListAsync(Family, _end.Token))
            {
                if (JsonElement.Parse(entry.Value).GetProperty("at").GetDateTimeOffset() + (2 * RunningTask.Lifetime) < now)
                {
                    await _replica.Store.TryWriteAsync(Family, entry.Key, entry.Version, null, _end.Token);
                }
            }
        }
        catch (IOException)
        {
            // They stay for another hour.
        }
    }
}
