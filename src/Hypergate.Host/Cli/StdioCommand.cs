using Hypergate.Backends;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp;
using Hypergate.Host.Settings;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate</c> without a command: the MCP server on standard input and output.</summary>
internal static class StdioCommand
{
    public static async Task<int> RunAsync(SettingsReading reading, TimeProvider time)
    {
        using var loggers = Logging.ToError();
        var log = loggers.CreateLogger("Hypergate");
        await using var gateway = new Gateway(reading, time, loggers);
        foreach (var warning in gateway.Warnings)
        {
            Logging.Warn(log, warning);
        }

        using var stop = new CancellationTokenSource();
        var options = new McpOptions(gateway.Tools, Gateway.Prompts, gateway.Instructions, () => gateway.Gap, time).Build();
        var server = new StdioServer(options, loggers, time);
        var exit = ExitCode.Done;
        var serving = server.RunAsync(
            Terminal.OpenInput(),
            Terminal.OpenOutput(),
            started =>
            {
                gateway.Tools.Changed += (_, _) => Notify(started);
                gateway.Start();
            },
            stop.Token);
        var watching = WatchSwitchAsync(gateway, async text =>
        {
            await Terminal.ErrorOfProcess.WriteLineAsync(text);
            exit = ExitCode.Refused;
            await stop.CancelAsync();
        });
        await Task.WhenAny(serving, Task.WhenAll(watching, serving));
        return exit;
    }

    // The reference server refuses to start where its only Xen Orchestra has assistants switched off.
    private static async Task WatchSwitchAsync(Gateway gateway, Func<string, Task> leave)
    {
        if (gateway.Backends is [_] && await gateway.FirstTries is [{ Health: BackendHealth.Disabled }])
        {
            await leave("MCP disabled by admin");
        }
    }

    private static void Notify(McpServer server) => _ = SendAsync(server);

    private static async Task SendAsync(McpServer server)
    {
        try
        {
            await server.SendNotificationAsync("notifications/tools/list_changed");
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // Nobody listens yet, or no longer: the next listing shows the tools anyway.
        }
    }
}
