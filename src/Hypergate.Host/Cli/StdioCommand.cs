using Hypergate.Backends;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate</c> without a command: the MCP server on standard input and output.</summary>
internal static class StdioCommand
{
    public static async Task<int> RunAsync(SettingsSources sources, TimeProvider time)
    {
        var reading = SettingsReading.Load(sources);
        using var loggers = Logging.ToError(KnownSecrets.Of(reading, sources));
        var log = loggers.CreateLogger("Hypergate");
        await using var gateway = new Gateway(reading, sources, time, loggers);
        foreach (var warning in gateway.Warnings)
        {
            Logging.Warn(log, warning);
        }

        using var stop = new CancellationTokenSource();
        var news = new ToolListNews(gateway.Tools, time);
        var options = new McpOptions(gateway.Tools, news, Gateway.Prompts, gateway.Instructions, () => gateway.Gap, time).Build();
        var server = new StdioServer(options, loggers, time);
        var exit = ExitCode.Done;
        var serving = server.RunAsync(
            Terminal.OpenInput(),
            Terminal.OpenOutput(),
            started =>
            {
                _ = news.BroadcastAsync(started, stop.Token);
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
}
