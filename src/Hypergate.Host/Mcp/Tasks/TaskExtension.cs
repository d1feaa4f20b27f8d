using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.State;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // The seam for extensions is marked experimental; the package is pinned and tests cover it.
namespace Hypergate.Host.Mcp.Tasks;

/// <summary>
/// The extension <c>io.modelcontextprotocol/tasks</c>: a call whose platform job runs for more than two seconds is answered
/// with a task, which the client polls. Only for clients that declare the extension with their request.
/// </summary>
internal sealed class TaskExtension : IAsyncDisposable
{
    public const string Name = "io.modelcontextprotocol/tasks";

    public const int PollIntervalMilliseconds = 1_000;

    private const string TaskId = "taskId";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, RunningTask> _tasks = new(StringComparer.Ordinal);
    private readonly Caller _alone;
    private readonly SharedTasks? _shared;
    private readonly TimeProvider _time;

    /// <param name="alone">Who asks where the transport has a single caller.</param>
    /// <param name="replica">The way to others that clients may ask; null where there are none.</param>
    /// <param name="time">For waiting.</param>
    public TaskExtension(Caller alone, Replica? replica, TimeProvider time)
    {
        (_alone, _time) = (alone, time);
        _shared = replica is null ? null : new SharedTasks(replica, Update, id => _ = _tasks.GetValueOrDefault(id)?.CancelAsync(), time);
    }

    /// <summary>The requests that the extension adds.</summary>
    public IList<McpServerRequestHandler> Handlers =>
    [
        new() { Method = "tasks/get", RoutingNameParameter = TaskId, Handler = GetAsync },
        new() { Method = "tasks/update", RoutingNameParameter = TaskId, Handler = UpdateAsync },
        new() { Method = "tasks/cancel", RoutingNameParameter = TaskId, Handler = CancelAsync },
    ];

    /// <summary>Whether the client can take a task as an answer.</summary>
    public static bool IsDeclared(McpServer server) => server.ClientCapabilities?.Extensions?.ContainsKey(Name) == true;

    /// <summary>Runs a tool; answers with a task where a job it started takes its time.</summary>
    /// <param name="caller">Who asks; the task is no task for anybody else.</param>
    /// <param name="run">Runs the tool with a conversation that also feeds the task, until the token is cancelled.</param>
    /// <param name="send">Sends an answer that came in time.</param>
    /// <param name="conversation">The way back to the client.</param>
    /// <param name="cancellationToken">Cancelled by the client while the request is open.</param>
    public async Task<ResultOrAlternate<CallToolResult>> RunAsync(
        Caller caller,
        Func<Conversation, CancellationToken, Task<ToolResult>> run,
        Func<CallToolResult, CancellationToken, CallToolResult> send,
        Conversation conversation,
        CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningTask? task = null;
        string? last = null;
        var cancellation = new CancellationTokenSource();
        await using var link = cancellationToken.Register(cancellation.Cancel);
        var way = new Conversation(
            news =>
            {
                started.TrySetResult();
                conversation.Report(news);
                Volatile.Write(ref last, news.Message);
                Volatile.Read(ref task)?.Report(news.Message);
            },
            conversation.Ask is { } ask ? (question, token) => Volatile.Read(ref task)?.AskAsync(question, token) ?? ask(question, token) : null);
        var running = run(way with { CanWait = true }, cancellation.Token);
        await Task.WhenAny(running, started.Task);
        if (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Patience, _time, cancellationToken));
        }

        if (running.IsCompleted || cancellationToken.IsCancellationRequested)
        {
            return send(ToolProtocol.ToProtocol(await running), cancellationToken);
        }

        Volatile.Write(ref task, new RunningTask(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), caller, running, cancellation, _time));
        if (Volatile.Read(ref last) is { } message)
        {
            task.Report(message);
        }

        return await KeepAsync(task);
    }

    /// <summary>Ends what waits for the answer of a caller that fits.</summary>
    public Task EndWaitsAsync(Func<Caller, bool> fits) => Task.WhenAll(_tasks.Values.Where(task => fits(task.Owner)).Select(static task => task.EndWaitAsync()));

    /// <summary>Shows tasks of callers that fit to nobody any more, and ends those that wait for an answer.</summary>
    public Task CloseAsync(Func<Caller, bool> fits)
    {
        foreach (var task in _tasks.Values.Where(task => fits(task.Owner)))
        {
            task.Close();
        }

        return EndWaitsAsync(fits);
    }

    public ValueTask DisposeAsync() => _shared?.DisposeAsync() ?? default;

    private async Task<ResultOrAlternate<CallToolResult>> KeepAsync(RunningTask task)
    {
        foreach (var (id, old) in _tasks.Where(pair => pair.Value.IsOver(_time.GetUtcNow())).ToList())
        {
            if (_tasks.TryRemove(id, out _))
            {
                old.Dispose();
            }
        }

        _tasks[task.Id] = task;
        if (_shared is not null)
        {
            await _shared.ShareAsync(task);
        }

        var state = task.Current;
        return ResultOrAlternate<CallToolResult>.FromAlternate(
            new TaskCreatedResult
            {
                ResultType = "task",
                TaskId = task.Id,
                Status = state.Status,
                CreatedAt = TaskView.Iso(task.CreatedAt),
                LastUpdatedAt = TaskView.Iso(state.UpdatedAt),
                TtlMs = (long)RunningTask.Lifetime.TotalMilliseconds,
                PollIntervalMs = PollIntervalMilliseconds,
                StatusMessage = state.Message,
            },
            TaskJson.Default.TaskCreatedResult);
    }

    private async ValueTask<JsonNode?> GetAsync(JsonRpcRequest request, CancellationToken cancellationToken) =>
        Find(request) is { } task ? TaskView.Of(task) : await ElsewhereAsync(request, cancellationToken);

    private async ValueTask<JsonNode?> UpdateAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var task = Find(request);
        _ = task is null ? await ElsewhereAsync(request, cancellationToken) : null;
        Check(request.Params);
        if (task is not null)
        {
            Update(task.Id, request.Params);
        }
        else
        {
            await _shared!.TellUpdateAsync(IdOf(request), request.Params, cancellationToken);
        }

        return TaskView.Done();
    }

    private async ValueTask<JsonNode?> CancelAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        if (Find(request) is { } task)
        {
            await task.CancelAsync();
        }
        else
        {
            await ElsewhereAsync(request, cancellationToken);
            await _shared!.TellCancelAsync(IdOf(request), cancellationToken);
        }

        return TaskView.Done();
    }

    // Refused before any answer is taken, so that a slip does not count as a no.
    private static void Check(JsonNode? parameters)
    {
        foreach (var (key, response) in Responses(parameters).Where(static pair => pair.Key.StartsWith(RunningTask.QuestionPrefix, StringComparison.Ordinal)))
        {
            Consent.Check(key, response is null ? null : JsonElement.Parse(response.ToJsonString()));
        }
    }

    private static JsonObject Responses(JsonNode? parameters) => (parameters as JsonObject)?["inputResponses"] switch
    {
        null => [],
        JsonObject responses => responses,
        _ => throw new McpProtocolException("inputResponses must be an object: an answer for each question.", McpErrorCode.InvalidParams),
    };

    private void Update(string id, JsonNode? parameters)
    {
        foreach (var (key, response) in Responses(parameters))
        {
            _tasks.GetValueOrDefault(id)?.Answer(key, question => Consent.Read(JsonElement.Parse(response?.ToJsonString() ?? "null"), question));
        }
    }

    // Null where it is no task of this process.
    private RunningTask? Find(JsonRpcRequest request)
    {
        if (request.Context?.ClientCapabilities is { } declared && declared.Extensions?.ContainsKey(Name) != true)
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [Name] = JsonElement.Parse("{}") } }, $"The request must declare the extension {Name}.");
        }

        return _tasks.TryGetValue(IdOf(request), out var task) && !task.IsClosed && task.Owner.Name == RequestCaller.Of(request, _alone).Name ? task : null;
    }

    private async Task<JsonObject> ElsewhereAsync(JsonRpcRequest request, CancellationToken cancellationToken) =>
        (_shared is null ? null : await _shared.ViewAsync(IdOf(request), RequestCaller.Of(request, _alone).Name, cancellationToken))
            ?? throw new McpProtocolException($"There is no task '{IdOf(request)}'; it may have ended more than an hour ago.", McpErrorCode.InvalidParams);

    private static string IdOf(JsonRpcRequest request) =>
        request.Params is JsonObject parameters && parameters[TaskId] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
