using System.Text.Json;
using Hypergate.Host.Mcp;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance.Tools;

/// <summary>Tools that run as tasks, by the gateway's own implementation of them.</summary>
internal sealed class TaskTools(TaskExtension tasks)
{
    // The gateway answers with a task once a job has run for two seconds.
    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(2_200);

    private static readonly IReadOnlyList<TaskTool> All =
    [
        new("greet", "Greets at once.", """{"type":"object","properties":{"name":{"type":"string"}}}""", Greet),
        new("slow_compute", "Computes for some seconds.", """{"type":"object","properties":{"seconds":{"type":"number"},"label":{"type":"string"}}}""", ComputeAsync),
        new("failing_job", "Fails after a while.", """{"type":"object"}""", FailAsync) { NeedsTasks = true },
        new("protocol_error_job", "Breaks after a while.", """{"type":"object"}""", BreakAsync),
        new("confirm_delete", "Asks while it runs.", """{"type":"object","properties":{"filename":{"type":"string"}}}""", ConfirmAsync),
        new("multi_input", "Asks two things while it runs.", """{"type":"object"}""", AskTwiceAsync),
        new("test_tool_with_task", "Asks first and then runs.", """{"type":"object"}""", null) { NeedsTasks = true },
    ];

    public void AddTo(McpServerOptions options)
    {
        var (list, call) = (options.Handlers.ListToolsHandler!, options.Handlers.CallToolWithAlternateHandler!);
        options.Handlers.ListToolsHandler = async (request, token) =>
        {
            var listed = await list(request, token);
            listed.Tools = [.. listed.Tools, .. All.Select(static tool => tool.Protocol)];
            return listed;
        };
        options.Handlers.CallToolWithAlternateHandler = (request, token) =>
            All.FirstOrDefault(tool => tool.Name == request.Params?.Name) is { } tool ? CallAsync(tool, request, token) : call(request, token);
    }

    private async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(TaskTool tool, RequestContext<CallToolRequestParams> request, CancellationToken token)
    {
        var isDeclared = TaskExtension.IsDeclared(request.Server);
        if (tool.NeedsTasks && !isDeclared)
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [TaskExtension.Name] = JsonElement.Parse("{}") } }, "This tool runs as a task.");
        }

        var run = tool.Run ?? GreetLater(InputTools.Name(request) ?? throw InputTools.Needs(null, ("user_name", Forms.Ask("What is your name?", "name"))));
        var arguments = ToolArguments.ToElement(request.Params?.Arguments);
        await using var conversation = new ClientConversation(request);
        return isDeclared
            ? await tasks.RunAsync(RequestCaller.Of(request.JsonRpcRequest, McpFaces.Nobody), (way, end) => run(arguments, way, end), static (answer, _) => answer, conversation.Conversation, token)
            : ToolProtocol.ToProtocol(await run(arguments, conversation.Conversation, token));
    }

    private static Task<ToolResult> Greet(JsonElement arguments, Conversation conversation, CancellationToken token) =>
        Task.FromResult(new ToolResult($"Hello, {(arguments.TryGetProperty("name", out var name) ? name.GetString() : "World")}!"));

    private static Run GreetLater(string name) => async (_, conversation, token) =>
    {
        await WorkAsync(conversation, Longer, token);
        return new ToolResult($"Hello, {name}!");
    };

    private static async Task<ToolResult> ComputeAsync(JsonElement arguments, Conversation conversation, CancellationToken token)
    {
        var seconds = arguments.TryGetProperty("seconds", out var given) ? given.GetDouble() : 1;
        if (seconds > 0)
        {
            await WorkAsync(conversation, Longer + TimeSpan.FromSeconds(seconds), token);
        }

        return new ToolResult($"Computed for {seconds} s.");
    }

    private static async Task<ToolResult> FailAsync(JsonElement arguments, Conversation conversation, CancellationToken token)
    {
        await WorkAsync(conversation, Longer, token);
        return ToolResult.Error("The job has failed.");
    }

    private static async Task<ToolResult> BreakAsync(JsonElement arguments, Conversation conversation, CancellationToken token)
    {
        await WorkAsync(conversation, Longer, token);
        throw new McpProtocolException("The job has broken.", McpErrorCode.InternalError);
    }

    private static async Task<ToolResult> ConfirmAsync(JsonElement arguments, Conversation conversation, CancellationToken token)
    {
        await WorkAsync(conversation, Longer, token);
        var answer = await conversation.Ask!(new Question("Delete the file?", null, "seal"), token);
        return new ToolResult(answer.Accepted ? "Deleted." : "Kept.");
    }

    private static async Task<ToolResult> AskTwiceAsync(JsonElement arguments, Conversation conversation, CancellationToken token)
    {
        await WorkAsync(conversation, Longer, token);
        var answers = await Task.WhenAll(conversation.Ask!(new Question("The first?", null, "seal"), token), conversation.Ask(new Question("The second?", null, "seal"), token));
        return new ToolResult($"{answers.Count(static answer => answer.Accepted)} accepted.");
    }

    private static Task WorkAsync(Conversation conversation, TimeSpan duration, CancellationToken token)
    {
        conversation.Report(new Progress(0, "working"));
        return Task.Delay(duration, token);
    }

    private delegate Task<ToolResult> Run(JsonElement arguments, Conversation conversation, CancellationToken token);

    private sealed record TaskTool(string Name, string Description, string Schema, Run? Run)
    {
        public bool NeedsTasks { get; init; }

        public Tool Protocol => new() { Name = Name, Description = Description, InputSchema = JsonElement.Parse(Schema) };
    }
}
