using Hypergate.Host.Approvals;
using Hypergate.Host.Metrics;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>
/// Puts changed settings into force without a restart: whole, or not at all with the reason in the log. Files are looked at every
/// second by their content, which also works where nobody announces changes (network file systems, container mounts): those of the settings, and what these refer to.
/// </summary>
internal sealed partial class SettingsWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly LiveGateway _live;
    private readonly SettingsSources _sources;
    private readonly GatewayDiary _diary;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly Task _watching;

    // What could not even be read may be whole as soon as something it refers to is there.
    private bool _isUnread;

    private SettingsWatch(LiveGateway live, SettingsSources sources, GatewayDiary diary, ILoggerFactory loggers, TimeProvider time)
    {
        _live = live;
        _sources = sources;
        _diary = diary;
        _time = time;
        _loggers = loggers;
        _log = loggers.CreateLogger("Hypergate");
        _watching = live.Reading is { File: null, References: null } ? Task.CompletedTask : WatchAsync();
    }

    /// <summary>Watches what the settings came from; nothing where that is the environment alone.</summary>
    public static SettingsWatch Start(LiveGateway live, SettingsSources sources, GatewayDiary diary, ILoggerFactory loggers, TimeProvider time) =>
        new(live, sources, diary, loggers, time);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var contents = new SettingsContents();
        var applied = await contents.LookAsync(_live.Reading, _end.Token);
        var seen = applied;
        while (true)
        {
            await Task.Delay(Interval, _time, _end.Token);
            var reading = _live.Reading;
            var now = await contents.LookAsync(reading, _end.Token);

            // A file that is still being written looks different each time; what stays the same for a second is whole.
            if (now == seen && (now != applied || (_isUnread && CanBeRead())))
            {
                await ApplyAsync();

                // Other settings may be made of other files. What has changed since it was read is another change.
                applied = await contents.LookAsync(reading, _end.Token) == now ? await contents.LookAsync(_live.Reading, _end.Token) : "";
                now = applied;
            }

            seen = now;
        }
    }

    private bool CanBeRead()
    {
        try
        {
            SettingsReading.Load(_sources);
            return true;
        }
        catch (SettingsException)
        {
            return false;
        }
    }

    private async Task ApplyAsync()
    {
        try
        {
            _isUnread = true;
            var reading = SettingsReading.Load(_sources);
            _isUnread = false;
            await new GateTestRun(reading, _sources, _loggers, _time).CheckAsync(_end.Token);
            await _live.ReplaceAsync(reading, _end.Token);
            GatewayMeters.Reloaded(isApplied: true);
            Applied(_log);
            await _diary.NoteAsync(GatewayDiary.SettingsReloaded, "changed settings are in force");
            foreach (var warning in _live.Gateway.Warnings)
            {
                Cli.Logging.Warn(_log, warning);
            }
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            _live.Rejection = exception.Message;
            GatewayMeters.Reloaded(isApplied: false);
            Rejected(_log, exception.Message);
            await _diary.NoteAsync(GatewayDiary.SettingsRejected, exception.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The settings have changed and are in force now; http.listen, http.tls, http.limits, state, telemetry and the copies of the audit need a restart.")]
    private static partial void Applied(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "The settings have changed but cannot be used; the earlier ones stay in force. {Problem}")]
    private static partial void Rejected(ILogger logger, string problem);
}
