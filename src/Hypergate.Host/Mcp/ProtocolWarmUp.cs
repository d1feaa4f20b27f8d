using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Reads and writes the first messages of a conversation once, unheard, on another core while the settings are read: by the time the
/// client is answered, that code is compiled.
/// </summary>
internal static class ProtocolWarmUp
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"n","version":"1"}}}""";

    public static Task Begin() => Task.Run(Run);

    private static void Run()
    {
        var options = McpJsonUtilities.DefaultOptions;
        var message = JsonSerializer.Deserialize(Initialize, options.GetTypeInfo(typeof(JsonRpcMessage))) as JsonRpcRequest;
        _ = JsonSerializer.Deserialize(message!.Params, options.GetTypeInfo(typeof(InitializeRequestParams)));
        var node = JsonSerializer.SerializeToNode(
            new InitializeResult
            {
                ProtocolVersion = "2025-06-18",
                Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true }, Prompts = new PromptsCapability { ListChanged = true } },
                ServerInfo = new Implementation { Name = "n", Title = "n", Version = "1" },
                Instructions = "",
            },
            options.GetTypeInfo(typeof(InitializeResult)));
        _ = JsonSerializer.SerializeToUtf8Bytes(new JsonRpcResponse { Id = message.Id, Result = node }, options.GetTypeInfo(typeof(JsonRpcMessage)));
        _ = JsonSerializer.SerializeToNode(new ListToolsResult { Tools = [] }, options.GetTypeInfo(typeof(ListToolsResult)));
    }
}
