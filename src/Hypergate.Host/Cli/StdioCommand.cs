using Hypergate.Backends;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp;
using Hypergate.Host.Settings;
using Hypergate.Host.Telemetry;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate</c> without a command: the MCP server on standard input and output.</summary>
internal static class StdioCommand
{
    /// <summary>The server where a client is at the other end; a few words on how to connect one where a person is.</summary>
    /// <param name="config">The settings file that was named; null for the usual places.</param>
    public static Task<int> StartAsync(string? config, Terminal terminal, TimeProvider time) => CommandBoundary.RunAsync(
        async () =>
        {
            if (!Terminal.IsPerson)
            {
                return await RunAsync(SettingsSources.OfProcess(config), time);
            }

            await terminal.Output.WriteLineAsync(ClientSetup.Terminal(Environment.ProcessPath ?? "hypergate"));
            return ExitCode.Done;
        },
        terminal);

    private static async Task<int> RunAsync(SettingsSources sources, TimeProvider time)
    {
        var reading = SettingsReading.Load(sources);
        if (!reading.Settings.Enabled)
        {
            throw new SettingsException("The gateway is switched off (enabled: false)");
        }

        using var loggers = Logging.ToError(KnownSecrets.Of(reading, sources));
        var log = loggers.CreateLogger("Hypergate");
        await using var gateway = new Gateway(reading, sources, time, loggers);
        gateway.RefuseUnmatched();
        gateway.TellRules();
        await using var checkpoints = new AuditCheckpointing(() => reading.Settings.Audit, gateway.Parts.Stores, sources, log, time);
        var answers = new DirectAnswers();
        var transport = new LineTransport(Terminal.OpenInput(), Terminal.OpenOutput(), answers);
        gateway.Start(transport.Greeted);
        using var stop = new CancellationTokenSource();
        var face = StdioFace.Of(gateway, gateway.Local, answers, time);
        var server = new StdioServer(face.Options, loggers, time);
        var exit = ExitCode.Done;
        var serving = server.RunAsync(transport, started => _ = face.News.BroadcastAsync(started, stop.Token), stop.Token);

        // The client is being answered by now.
        foreach (var warning in gateway.Warnings)
        {
            Logging.Warn(log, warning);
        }

        _ = transport.Greeted.ContinueWith(static _ => OneWorker.Settle(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var watching = WatchSwitchAsync(gateway, async text =>
        {
            await Terminal.OfProcess.Error.WriteLineAsync(text);
            exit = ExitCode.Refused;
            await stop.CancelAsync();
        });
        await await Task.WhenAny(serving, Task.WhenAll(watching, serving));
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
