using Hypergate.Conformance.Tools;
using Hypergate.Host.Mcp;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance;

/// <summary>What the official conformance suite expects of the server under test, and no gateway has by nature.</summary>
internal static class Fixtures
{
    public static void AddTo(ProtocolParts parts)
    {
        var options = parts.Options;
        options.ToolCollection = [.. ContentTools.All, .. TalkingTools.All, .. InputTools.All, .. ChangeTools.For(parts.Changes)];
        options.PromptCollection = [.. Prompts.All];
        options.Handlers.CompleteHandler = Prompts.Completing(options.Handlers.CompleteHandler!);
        options.ResourceCollection = [.. Resources.All];
        options.Capabilities!.Resources!.Subscribe = true;
        options.Handlers.SubscribeToResourcesHandler = static (_, _) => ValueTask.FromResult(new ModelContextProtocol.Protocol.EmptyResult());
        options.Handlers.UnsubscribeFromResourcesHandler = static (_, _) => ValueTask.FromResult(new ModelContextProtocol.Protocol.EmptyResult());
        new TaskTools(parts.Tasks).AddTo(options);
    }

    public static McpServerTool Tool(string name, string description, Delegate run) =>
        McpServerTool.Create(run, new McpServerToolCreateOptions { Name = name, Description = description });
}
