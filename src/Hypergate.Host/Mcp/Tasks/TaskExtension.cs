using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
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
/// <param name="alone">Who asks where the transport has a single caller.</param>
internal sealed class TaskExtension(Caller alone, TimeProvider time)
{
    public const string Name = "io.modelcontextprotocol/tasks";

    private const int PollIntervalMilliseconds = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, RunningTask> _tasks = new(StringComparer.Ordinal);

    /// <summary>The requests that the extension adds.</summary>
    public IList<McpServerRequestHandler> Handlers =>
    [
        new() { Method = "tasks/get", RoutingNameParameter = "taskId", Handler = (request, _) => ValueTask.FromResult<JsonNode?>(Show(Find(request))) },
        new() { Method = "tasks/update", RoutingNameParameter = "taskId", Handler = (request, _) => Acknowledge(Find(request)) },
        new() { Method = "tasks/cancel", RoutingNameParameter = "taskId", Handler = CancelAsync },
    ];

    /// <summary>Whether the client can take a task as an answer.</summary>
    public static bool IsDeclared(McpServer server) => server.ClientCapabilities?.Extensions?.ContainsKey(Name) == true;

    /// <summary>Runs a tool; answers with a task where a job it started takes its time.</summary>
    /// <param name="caller">Who asks; the task is no task for anybody else.</param>
    /// <param name="run">Runs the tool with a conversation that also feeds the task, until the token is cancelled.</param>
    /// <param name="conversation">The way back to the client.</param>
    /// <param name="cancellationToken">Cancelled by the client while the request is open.</param>
    public async Task<ResultOrAlternate<CallToolResult>> RunAsync(
        Caller caller, Func<Conversation, CancellationToken, Task<ToolResult>> run, Conversation conversation, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningTask? task = null;
        var cancellation = new CancellationTokenSource();
        await using var link = cancellationToken.Register(cancellation.Cancel);
        var running = run(
            conversation with
            {
                Report = news =>
                {
                    started.TrySetResult();
                    conversation.Report(news);
                    Volatile.Read(ref task)?.Report(news.Message);
                },
            },
            cancellation.Token);
        await Task.WhenAny(running, started.Task);
        if (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Patience, time, cancellationToken));
        }

        if (running.IsCompleted || cancellationToken.IsCancellationRequested)
        {
            return ToolProtocol.ToProtocol(await running);
        }

        Volatile.Write(ref task, new RunningTask(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), caller.Name, running, cancellation, time));
        return Keep(task);
    }

    private ResultOrAlternate<CallToolResult> Keep(RunningTask task)
    {
        foreach (var (id, old) in _tasks.Where(pair => pair.Value.IsOver(time.GetUtcNow())).ToList())
        {
            if (_tasks.TryRemove(id, out _))
            {
                old.Dispose();
            }
        }

        _tasks[task.Id] = task;
        var state = task.Current;
        return ResultOrAlternate<CallToolResult>.FromAlternate(
            new TaskCreatedResult
            {
                ResultType = "task",
                TaskId = task.Id,
                Status = state.Status,
                CreatedAt = Iso(task.CreatedAt),
                LastUpdatedAt = Iso(state.UpdatedAt),
                TtlMs = (long)RunningTask.Lifetime.TotalMilliseconds,
                PollIntervalMs = PollIntervalMilliseconds,
                StatusMessage = state.Message,
            },
            TaskJson.Default.TaskCreatedResult);
    }

    private RunningTask Find(JsonRpcRequest request)
    {
        var id = request.Params is JsonObject parameters && parameters["taskId"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return _tasks.TryGetValue(id, out var task) && task.Owner == RequestCaller.Of(request, alone).Name
            ? task
            : throw new McpProtocolException($"There is no task '{id}'; it may have ended more than an hour ago.", McpErrorCode.InvalidParams);
    }

    private static JsonObject Show(RunningTask task)
    {
        var state = task.Current;
        var shown = new JsonObject
        {
            ["resultType"] = "complete",
            ["taskId"] = task.Id,
            ["status"] = state.Status,
            ["createdAt"] = Iso(task.CreatedAt),
            ["lastUpdatedAt"] = Iso(state.UpdatedAt),
            ["ttlMs"] = (long)RunningTask.Lifetime.TotalMilliseconds,
            ["pollIntervalMs"] = PollIntervalMilliseconds,
        };
        if (state.Message is { } message)
        {
            shown["statusMessage"] = message;
        }

        if (state.Result is { } result)
        {
            shown["result"] = JsonSerializer.SerializeToNode(
                ToolProtocol.ToProtocol(result), McpJsonUtilities.DefaultOptions.GetTypeInfo<CallToolResult>());
        }

        return shown;
    }

    // We never ask for input inside a task, so what comes here answers nothing.
    private static ValueTask<JsonNode?> Acknowledge(RunningTask _) =>
        ValueTask.FromResult<JsonNode?>(new JsonObject { ["resultType"] = "complete" });

    private async ValueTask<JsonNode?> CancelAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var task = Find(request);
        await task.CancelAsync();
        return new JsonObject { ["resultType"] = "complete" };
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
