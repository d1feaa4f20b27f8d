using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Model;
using Hypergate.Tools.Code;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Composition;

/// <summary>
/// The gateway in force. Other settings make another one beside it, which takes its place whole or not at all; what clients hold on
/// to (sessions, tool lists, tasks) stays.
/// </summary>
internal sealed partial class LiveGateway : IAsyncDisposable
{
    // A catalog that is not in the cache may take its time; calls wait for it as they do after a start.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // Calls that began under the old settings end under them.
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<SettingsReading, Gateway> _make;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly List<Task> _retired = [];
    private State _state;

    public LiveGateway(SettingsReading reading, SettingsSources sources, IGatewayStores stores, TimeProvider time, ILoggerFactory loggers)
    {
        Stores = stores;
        _time = time;
        _log = loggers.CreateLogger("Hypergate");
        var logged = KnownSecrets.Of(reading, sources);
        _make = next =>
        {
            // The log hides what the first settings hold; what later ones hold it must be told.
            logged.Learn(KnownSecrets.Of(next, sources));
            var made = new Gateway(next, sources, time, loggers, stores, Runs);
            made.Parts.Standing = (call, token) => StandingAsync(made, call, token);
            return made;
        };
        Runs = new CodeRuns(time);
        _state = new(_make(reading), reading);
        Follow(_state.Gateway);
    }

    /// <summary>Raised after another gateway has taken its place.</summary>
    public event EventHandler<GatewayReplacedEventArgs>? Replaced;

    /// <summary>Whether a caller that was let in would still be; set by whoever lets callers in.</summary>
    public Func<Caller, bool> IsStillValid { get; set; } = static _ => true;

    /// <summary>Scripts that wait for consent, plans and results, across changes of the settings.</summary>
    public CodeRuns Runs { get; }

    /// <summary>Where everything is kept, across changes of the settings.</summary>
    public IGatewayStores Stores { get; }

    public Gateway Gateway => Volatile.Read(ref _state).Gateway;

    public SettingsReading Reading => Volatile.Read(ref _state).Reading;

    public GatewaySettings Settings => Reading.Settings;

    /// <summary>Why changed settings are not in force; null where those in force are the last that were written.</summary>
    public string? Rejection { get; set; }

    /// <summary>What exists for each audience, across changes of the settings.</summary>
    public ToolLists Lists { get; } = new();

    /// <summary>Begins to read the catalogs; returns at once.</summary>
    public void Start() => Start(Gateway);

    /// <summary>Puts a gateway with these settings in place of the present one.</summary>
    /// <exception cref="SettingsException">They cannot be used; nothing has changed.</exception>
    public async Task ReplaceAsync(SettingsReading reading, CancellationToken cancellationToken)
    {
        Func<Audience, bool> hasLost;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var next = _make(reading);
            next.Start();
            if (reading.Settings.Enabled)
            {
                await Task.WhenAny(next.Tools.Ready, Task.Delay(LongestWait, _time, cancellationToken));
            }

            var last = Gateway;
            await RefuseUnmatchedAsync(next, last);
            Volatile.Write(ref _state, new(next, reading));
            Rejection = null;
            Follow(next);
            Start(next, isStarted: true);
            hasLost = LostRights.Between(last, next);
            _retired.Add(RetireAsync(last));
        }
        finally
        {
            _turn.Release();
        }

        Runs.End(caller => hasLost(Audience.Of(caller)), "What its caller may do has changed meanwhile.");
        Replaced?.Invoke(this, new(hasLost));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_retired);
        await Gateway.DisposeAsync();
        _end.Dispose();
        _turn.Dispose();
    }

    // A call keeps the gateway that it began in. What was agreed to there is sent only if its caller might do it now.
    private async Task<Outcome?> StandingAsync(Gateway of, Call call, CancellationToken cancellationToken)
    {
        if (!IsStillValid(call.Caller))
        {
            return new Outcome.Refused("authentication", $"The credential of {call.Caller.Name} has ended. Nothing was sent.");
        }

        var (now, settings) = (Gateway, Settings);
        return ReferenceEquals(of, now) ? null
            : settings.Enabled ? await now.Parts.Agreed.AuthorizeAsync(call, of.Parts.Agreed.ConsentOf(call), cancellationToken)
            : new Outcome.Refused("settings", "The gateway has been switched off by its operator. Nothing was sent.");
    }

    // What was wrong before keeps nobody from changing something else: a platform's update may have taken a name away.
    private static async Task RefuseUnmatchedAsync(Gateway next, Gateway last)
    {
        try
        {
            next.RefuseUnmatched(last.RuleProblems);
        }
        catch (SettingsException)
        {
            await next.DisposeAsync();
            throw;
        }
    }

    private void Start(Gateway gateway, bool isStarted = false)
    {
        gateway.TellRules();
        if (!isStarted)
        {
            gateway.Start();
        }

        _ = gateway.Tools.Ready.ContinueWith(_ => Lists.MarkReady(), TaskScheduler.Default);
    }

    private void Follow(Gateway gateway)
    {
        Lists.Refresh(gateway.Build);
        gateway.Changed += (_, _) =>
        {
            if (ReferenceEquals(gateway, Gateway))
            {
                Lists.Refresh(gateway.Build);
            }
        };
    }

    private async Task RetireAsync(Gateway gateway)
    {
        try
        {
            await Task.Delay(Afterlife, _time, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }

        try
        {
            await gateway.DisposeAsync();
        }
        catch (IOException exception)
        {
            NotEnded(_log, exception.Message);
        }
    }

    private sealed record State(Gateway Gateway, SettingsReading Reading);

    [LoggerMessage(1, LogLevel.Warning, "A gateway of earlier settings did not end cleanly: {Problem}")]
    private static partial void NotEnded(ILogger logger, string problem);
}
