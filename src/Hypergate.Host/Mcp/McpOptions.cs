using System.Text.Json;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;
using Hypergate.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // The seam for extensions is marked experimental; the package is pinned and tests cover it.
namespace Hypergate.Host.Mcp;

/// <summary>What the protocol layer offers, over our tools and prompts.</summary>
/// <param name="tools">What can be called, as it changes.</param>
/// <param name="news">Tells clients of the changes.</param>
/// <param name="prompts">What a client can offer to its person.</param>
/// <param name="instructions">What a model is told first.</param>
/// <param name="gap">Why tools may be missing; null where none are.</param>
/// <param name="time">For waiting.</param>
internal sealed class McpOptions(
    ToolList tools, ToolListNews news, IReadOnlyList<PromptDefinition> prompts, string instructions, Func<string?> gap, TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForCatalogs = TimeSpan.FromSeconds(2);

    // A client that remembers the tools of an earlier session calls them without listing first.
    private static readonly TimeSpan LongestWaitForTool = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(1);

    private readonly TaskExtension _tasks = new(time);

    public McpServerOptions Build() => new()
    {
        ServerInfo = new Implementation { Name = "hypergate", Title = "Hypergate", Version = ProductVersion.Text },
        ServerInstructions = instructions,
        Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability { ListChanged = true },
            Prompts = new PromptsCapability { ListChanged = true },
            Extensions = new Dictionary<string, object> { [TaskExtension.Name] = JsonElement.Parse("{}") },
        },
        RequestHandlers = _tasks.Handlers,
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = ListToolsAsync,
            CallToolWithAlternateHandler = CallToolAsync,
            ListPromptsHandler = ListPromptsAsync,
            GetPromptHandler = GetPromptAsync,
            SubscriptionsListenHandler = news.ListenAsync,
        },
    };

    private async ValueTask<ListToolsResult> ListToolsAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        if (!tools.Ready.IsCompleted)
        {
            await Task.WhenAny(tools.Ready, Task.Delay(LongestWaitForCatalogs, time, cancellationToken));
        }

        return new ListToolsResult
        {
            Tools = [.. tools.Current.Select(ToolProtocol.ToProtocol)],
            TimeToLive = ListLifetime,
            CacheScope = CacheScope.Private,
        };
    }

    private async ValueTask<ResultOrAlternate<CallToolResult>> CallToolAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        if ((tools.Find(name) ?? await FindAsync(name, cancellationToken)) is not { } tool)
        {
            return gap() is { } reason
                ? ToolProtocol.ToProtocol(ToolResult.Error($"There is no tool '{name}' at present. {reason}"))
                : throw new McpProtocolException($"Unknown tool: '{name}'.", McpErrorCode.InvalidParams);
        }

        Consent.Check(request.Params);
        var arguments = ToolArguments.ToElement(request.Params?.Arguments);
        await using var conversation = new ClientConversation(request);
        try
        {
            return TaskExtension.IsDeclared(request.Server)
                ? await _tasks.RunAsync((way, token) => tool.Run(new ToolRequest(Caller.LocalUser, arguments, way), token), conversation.Conversation, cancellationToken)
                : ToolProtocol.ToProtocol(await tool.Run(new ToolRequest(Caller.LocalUser, arguments, conversation.Conversation), cancellationToken));
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
        var tool = await tools.FindAsync(name, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return tool;
    }

    private ValueTask<ListPromptsResult> ListPromptsAsync(RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListPromptsResult
        {
            Prompts = [.. prompts.Select(static prompt => new Prompt { Name = prompt.Name, Title = prompt.Title, Description = prompt.Description })],
            TimeToLive = ListLifetime,
            CacheScope = CacheScope.Private,
        });

    private ValueTask<GetPromptResult> GetPromptAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        var prompt = prompts.FirstOrDefault(candidate => candidate.Name == request.Params?.Name)
            ?? throw new McpProtocolException($"Unknown prompt: '{request.Params?.Name}'.", McpErrorCode.InvalidParams);
        return ValueTask.FromResult(new GetPromptResult
        {
            Description = prompt.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = prompt.Text } }],
        });
    }
}
