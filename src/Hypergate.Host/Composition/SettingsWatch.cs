using System.Security.Cryptography;
using Hypergate.Host.Approvals;
using Hypergate.Host.Metrics;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>
/// Puts changed settings into force without a restart: whole, or not at all with the reason in the log. The file is looked at every
/// second by its content, which also works where nobody announces changes (network file systems, container mounts).
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

    private SettingsWatch(LiveGateway live, string? file, SettingsSources sources, GatewayDiary diary, ILoggerFactory loggers, TimeProvider time)
    {
        _live = live;
        _sources = sources;
        _diary = diary;
        _time = time;
        _loggers = loggers;
        _log = loggers.CreateLogger("Hypergate");
        _watching = file is null ? Task.CompletedTask : WatchAsync(file);
    }

    /// <summary>Watches the file that the settings came from; nothing where they came from the environment alone.</summary>
    public static SettingsWatch Start(LiveGateway live, SettingsReading reading, SettingsSources sources, GatewayDiary diary, ILoggerFactory loggers, TimeProvider time) =>
        new(live, reading.File, sources, diary, loggers, time);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task WatchAsync(string file)
    {
        var applied = await HashAsync(file);
        var seen = applied;
        while (true)
        {
            await Task.Delay(Interval, _time, _end.Token);
            var now = await HashAsync(file);

            // A file that is still being written looks different each time; what stays the same for a second is whole.
            if (now is not null && now == seen && now != applied)
            {
                applied = now;
                await ApplyAsync();
            }

            seen = now;
        }
    }

    private async Task ApplyAsync()
    {
        try
        {
            var reading = SettingsReading.Load(_sources);
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

    private async Task<string?> HashAsync(string file)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var part in GateTestRun.Watched(file, _live.Settings))
            {
                hash.AppendData(await File.ReadAllBytesAsync(part, _end.Token));
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The settings have changed and are in force now; http.listen, http.tls, http.limits, state, telemetry and the copies of the audit need a restart.")]
    private static partial void Applied(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "The settings have changed but cannot be used; the earlier ones stay in force. {Problem}")]
    private static partial void Rejected(ILogger logger, string problem);
}
