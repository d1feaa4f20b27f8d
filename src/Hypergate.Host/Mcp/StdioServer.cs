using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Speaks MCP with one client until its messages end.</summary>
internal sealed class StdioServer(McpServerOptions options, ILoggerFactory loggers, TimeProvider time)
{
    // Calls in flight may still answer for this long after the client has closed our input.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when the input has ended, at most two seconds later, whatever is still running.</summary>
    /// <param name="transport">To the client.</param>
    /// <param name="started">Gets the server once it can send notifications.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task RunAsync(LineTransport transport, Action<McpServer> started, CancellationToken cancellationToken)
    {
        var server = McpServer.Create(transport, options, loggers);
        started(server);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = server.RunAsync(stop.Token);
        await Task.WhenAny(running, transport.Ended);
        await Task.WhenAny(running, Task.Delay(Grace, time, cancellationToken));
        await stop.CancelAsync();

        // Neither a handler that ignores its cancellation nor a read of an input that stays open may hold the process.
        await Task.WhenAny(EndAsync(running, transport), Task.Delay(LastWords, time, CancellationToken.None));
    }

    private static async Task EndAsync(Task running, LineTransport transport)
    {
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        await transport.DisposeAsync();
    }
}
