using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Has the first messages of a conversation with a server that offers nothing, unheard, on another core while the settings are read: by
/// the time the client is answered, the code of the protocol is compiled.
/// </summary>
internal static class ProtocolWarmUp
{
    private const string Conversation =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"n","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/list"}

        """;

    public static Task Begin() => Task.Run(RunAsync);

    private static async Task RunAsync()
    {
        await using var transport = new LineTransport(new MemoryStream(Encoding.UTF8.GetBytes(Conversation)), Stream.Null, new DirectAnswers());
        await using var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "n", Title = "n", Version = "1" },
            ServerInstructions = "",
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true }, Prompts = new PromptsCapability { ListChanged = true } },
            Handlers = new McpServerHandlers { ListToolsHandler = static (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [] }) },
        });
        await server.RunAsync();
    }
}
