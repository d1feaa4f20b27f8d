using Hypergate.Host.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Composition;
using Hypergate.Host.Health;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Host.Telemetry;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate serve</c>: the gateway over HTTP, for a team.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(SettingsSources sources, ServeWish wish, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var reading = SettingsReading.Load(sources);
        using var loggers = Logging.ToError(KnownSecrets.Of(reading, sources));
        await new GateTestRun(reading, sources, loggers, time).CheckAsync(cancellationToken);
        using var telemetry = TelemetryExport.Start(reading.Settings.Telemetry, KnownSecrets.Of(reading, sources));
        await using var stores = GatewayStores.Make(reading, loggers, time);
        await stores.StartAsync(cancellationToken);
        await using var keys = new ApiKeyStore(stores.Keys, time, loggers.CreateLogger<ApiKeyStore>());
        await using var live = new LiveGateway(reading, sources, stores, time, loggers);
        var signIn = new RequestSignIn(keys, EnvironmentKey.Read(sources, live.Gateway.Parts.Roles), new OAuthSignIn(sources, time, loggers.CreateLogger<OAuthSignIn>()), () => live.Settings.Authentication, loggers.CreateLogger<RequestSignIn>());
        var listen = ListenAddress.TryRead(wish.Listen ?? reading.Settings.Http.Listen)
            ?? throw new SettingsException($"'{wish.Listen ?? reading.Settings.Http.Listen}' is no address to listen at; write it like 127.0.0.1:8420");
        BindingRules.Check(listen, reading.Settings.Http, signIn.IsRequired, wish);
        live.Gateway.RefuseUnmatched();
        live.Start();
        await WarnAsync(live, listen, signIn, loggers.CreateLogger("Hypergate"), terminal);
        await using var diary = new GatewayDiary(() => live.Gateway.Parts.State, time, loggers.CreateLogger<GatewayDiary>());
        await using var notes = new KeyNotes(stores.Keys, () => live.Gateway.Parts.Roles, loggers.CreateLogger<KeyNotes>(), time);
        await using var checkpoints = new AuditCheckpointing(() => live.Settings.Audit, stores, sources, loggers.CreateLogger("Hypergate"), time).Start();
        await using var served = new ServedGateway(live, signIn, (diary, new HealthNotes(live, notes)), loggers, time);
        await using var watch = SettingsWatch.Start(live, sources, diary, loggers, time);
        var address = await served.StartAsync(listen, cancellationToken);
        await terminal.Output.WriteLineAsync($"Hypergate serves MCP at {address}");
        await terminal.Output.FlushAsync(cancellationToken);
        await diary.NoteAsync(GatewayDiary.Started, $"Hypergate {ProductVersion.Text} serves MCP at {address}");
        await TellAsync(new Posture(live, listen with { Port = address.Port }, wish, signIn), live.Gateway, terminal, time, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await diary.NoteAsync(GatewayDiary.Stopped, "was told to end");
        return ExitCode.Done;
    }

    // Only now: a worker for scripts takes its time, and nobody who asks should wait for that.
    private static async Task TellAsync(Posture posture, Gateway gateway, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        string? scripts;
        try
        {
            scripts = await gateway.Parts.WallsAsync(cancellationToken);
        }
        catch (SandboxException exception)
        {
            scripts = $"cannot run: {exception.Message}";
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await terminal.Error.WriteLineAsync(string.Join(Environment.NewLine, posture.Lines(scripts, time.GetUtcNow())));
    }

    private static async Task WarnAsync(LiveGateway live, ListenAddress listen, RequestSignIn signIn, ILogger log, Terminal terminal)
    {
        foreach (var warning in live.Gateway.Warnings)
        {
            Logging.Warn(log, warning);
        }

        if (!signIn.IsRequired)
        {
            await terminal.Error.WriteLineAsync($"There is no API key: {(listen.IsLoopback ? "every program on this machine" : "everybody who reaches this address")} may look (role viewer). Make one: hypergate keys create --name NAME --role ROLE");
        }
    }
}
