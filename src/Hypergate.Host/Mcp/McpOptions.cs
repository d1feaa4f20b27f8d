using System.Text.Json;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // The seam for extensions is marked experimental; the package is pinned and tests cover it.
namespace Hypergate.Host.Mcp;

/// <summary>What the protocol layer offers, over our tools, prompts and resources.</summary>
/// <param name="content">What there is.</param>
/// <param name="tasks">The calls that go on after their request; shared by all who may ask for them.</param>
/// <param name="alone">Who asks where the transport has a single caller.</param>
/// <param name="answers">Keeps answers until they are sent.</param>
/// <param name="time">For waiting.</param>
internal sealed class McpOptions(McpContent content, TaskExtension tasks, Caller alone, DirectAnswers answers, TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForCatalogs = TimeSpan.FromSeconds(2);

    // A client that remembers the tools of an earlier session calls them without listing first.
    private static readonly TimeSpan LongestWaitForTool = TimeSpan.FromSeconds(12);
    public static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(1);

    private readonly PromptHandlers _prompts = new(content.Prompts);
    private readonly ResourceHandlers _resources = new(content, alone);
    private readonly CompletionHandler _completions = new(content, alone);

    public McpServerOptions Build() => new()
    {
        ServerInfo = new Implementation { Name = "hypergate", Title = "Hypergate", Version = ProductVersion.Text },
        ServerInstructions = content.Instructions,
        Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability { ListChanged = true },
            Prompts = new PromptsCapability { ListChanged = true },
            Resources = new ResourcesCapability { ListChanged = true },
            Completions = new CompletionsCapability(),
            Extensions = new Dictionary<string, object> { [TaskExtension.Name] = JsonElement.Parse("{}") },
        },
        Filters = { Message = { IncomingFilters = { RefuseMalformed } } },
        RequestHandlers = tasks.Handlers,
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = ListToolsAsync,
            CallToolWithAlternateHandler = CallToolAsync,
            ListPromptsHandler = (request, _) => ValueTask.FromResult(Whole(request.Params, _prompts.List())),
            GetPromptHandler = (request, _) => ValueTask.FromResult(_prompts.Get(request.Params)),
            ListResourcesHandler = (request, _) => ValueTask.FromResult(Whole(request.Params, _resources.List())),
            ListResourceTemplatesHandler = (request, _) => ValueTask.FromResult(Whole(request.Params, _resources.ListTemplates())),
            ReadResourceHandler = _resources.ReadAsync,
            CompleteHandler = _completions.CompleteAsync,
            SubscriptionsListenHandler = content.News.ListenAsync,
        },
    };

    private async ValueTask<ListToolsResult> ListToolsAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        if (!content.Tools.Ready.IsCompleted)
        {
            await Task.WhenAny(content.Tools.Ready, Task.Delay(LongestWaitForCatalogs, time, cancellationToken));
        }

        return Whole(request.Params, new ListToolsResult
        {
            Tools = [.. content.Tools.Current.Select(ToolProtocol.ToProtocol)],
            TimeToLive = ListLifetime,
            CacheScope = CacheScope.Private,
        });
    }

    // Every list is one page, so no cursor is one of ours.
    private static T Whole<T>(PaginatedRequestParams? request, T list) => request?.Cursor is { Length: > 0 }
        ? throw new McpProtocolException("The cursor is none of this list, which comes whole. Ask again without one.", McpErrorCode.InvalidParams)
        : list;

    private static McpMessageHandler RefuseMalformed(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException exception) when (context.JsonRpcMessage is JsonRpcRequest)
        {
            throw new McpProtocolException(ParameterForm.Problem((JsonRpcRequest)context.JsonRpcMessage, exception), exception, McpErrorCode.InvalidParams);
        }
    };

    private async ValueTask<ResultOrAlternate<CallToolResult>> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        var arguments = ToolArguments.ToElement(request.Params?.Arguments);
        var caller = RequestCaller.Of(request, alone);
        if ((content.Tools.Find(name) ?? await FindAsync(name, cancellationToken)) is not { } tool)
        {
            await content.Missed(new MissedCall(caller, name, null, name, arguments));
            return content.Gap() is { } reason
                ? ToolProtocol.ToProtocol(ToolResult.Error($"There is no tool '{name}' at present. {reason}"))
                : throw new McpProtocolException($"Unknown tool: '{name}'.{OperationLookup.Meant(name, content.Tools.Current.Select(static known => known.Name))}", McpErrorCode.InvalidParams);
        }

        Consent.Check(request.Params);
        await using var conversation = new ClientConversation(request);
        try
        {
            return TaskExtension.IsDeclared(request.Server)
                ? await tasks.RunAsync(caller, (way, token) => tool.Run(new ToolRequest(caller, arguments, way), token), answers.Keep, conversation.Conversation, cancellationToken)
                : answers.Keep(ToolProtocol.ToProtocol(await tool.Run(new ToolRequest(caller, arguments, conversation.Conversation), cancellationToken)), cancellationToken);
        }
        catch (AnswerAwaitedException awaited)
        {
            throw Consent.ToProtocol(awaited.Question);
        }
    }

    private async Task<ToolDefinition?> FindAsync(string name, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWaitForTool, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var tool = await content.Tools.FindAsync(name, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return tool;
    }
}
