using Hypergate.Backends;
using Microsoft.Extensions.Logging;

namespace Hypergate.Catalog;

/// <summary>
/// Keeps one backend's operations in the catalog: from the cache at once, from the platform as soon as it answers, again when
/// its description changes. Runs until it is cancelled; what goes wrong is a state of the backend, never an end.
/// </summary>
internal sealed partial class CatalogLoader(Backend backend, LiveCatalog catalog, CatalogIntake intake, TimeProvider time, ILogger<CatalogLoader> logger)
{
    private static readonly TimeSpan Reread = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastBetweenDoubts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SwitchedOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // A platform that is out of reach is back as soon as it is back; a credential that was refused stays wrong for longer.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPauseWhenRefused = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestGreeting = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan StartingUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookForAcceptance = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<BackendState> _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _lastProblem;
    private long? _doubted;

    /// <summary>How the platform was at the first try.</summary>
    public Task<BackendState> Tried => _tried.Task;

    /// <summary>Reads the remembered catalog, and then the platform's, again and again.</summary>
    /// <param name="greeted">
    /// Ends when a waiting client has its first answers. Where a catalog is remembered these need no platform, and reaching it at the
    /// same time would make the client wait.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Task greeted, CancellationToken cancellationToken)
    {
        Remember();
        if (catalog.Current.Find(backend.Name) is not null && !greeted.IsCompleted)
        {
            await Task.WhenAny(greeted, Task.Delay(LongestGreeting, time, cancellationToken));
        }

        var pause = ShortestPause;
        while (true)
        {
            backend.Trust.Restore();
            var state = await TryAsync(cancellationToken);
            Report(state);
            _tried.TrySetResult(state);
            catalog.Settle(backend.Name);
            await RestAsync(PauseAfter(state, pause), cancellationToken);
            pause = state.Health == BackendHealth.Ready ? ShortestPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPauseWhenRefused.Ticks));
        }
    }

    /// <summary>Puts the catalog of an earlier start in force, where there is one.</summary>
    public void Remember() => intake.Remember();

    // Until it is time, until the file has changed, until somebody has accepted more of it, or until an operation that is known was not there. Ids that do not exist look the same: so once a minute at most.
    private async Task RestAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rest = Task.WhenAny(Task.Delay(pause, time, end.Token), new DescriptionFileWatch(backend.Kind, time).ChangedAsync(end.Token), AcceptedAsync(end.Token));
        if (await Task.WhenAny(rest, backend.Trust.Doubted) != rest && _doubted is { } last && time.GetElapsedTime(last) is var since && since < LeastBetweenDoubts)
        {
            await Task.WhenAny(rest, Task.Delay(LeastBetweenDoubts - since, time, end.Token));
        }

        if (!rest.IsCompleted)
        {
            _doubted = time.GetTimestamp();
        }

        cancellationToken.ThrowIfCancellationRequested();
        await end.CancelAsync();
    }

    // Never where nothing waits.
    private async Task AcceptedAsync(CancellationToken cancellationToken)
    {
        if (catalog.Current.Find(backend.Name) is not { Waiting.Count: > 0 })
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        for (long? first = null; ;)
        {
            try
            {
                var seen = await intake.AcceptedVersionAsync(cancellationToken);
                if (seen != (first ??= seen))
                {
                    return;
                }
            }
            catch (IOException)
            {
                // It may be there again at the next look.
            }

            await Task.Delay(LookForAcceptance, time, cancellationToken);
        }
    }

    private TimeSpan PauseAfter(BackendState state, TimeSpan pause)
    {
        var longest = backend.IsRefused ? LongestPauseWhenRefused : LongestPause;
        return state.Health switch
        {
            BackendHealth.Ready => Reread,
            BackendHealth.Disabled => SwitchedOff,
            _ => pause < longest ? pause : longest,
        };
    }

    // Every try of an hour without the platform would say the same.
    private void Report(BackendState state)
    {
        if (state.Health != BackendHealth.Ready && state.Problem != _lastProblem)
        {
            NotReady(backend.Name, state.Problem ?? "");
        }

        _lastProblem = state.Problem;
    }

    private async Task<BackendState> TryAsync(CancellationToken cancellationToken)
    {
        var state = await backend.ProbeAsync(cancellationToken);
        if (state.Health is BackendHealth.Disabled or BackendHealth.Down)
        {
            return state;
        }

        var known = catalog.Current.Find(backend.Name) is { } read ? new KnownDescription(read.Tag, read.Version) : null;
        var description = await backend.ReadDescriptionAsync(known, cancellationToken);
        if (description is null && backend is { IsRefused: true, Kind.RefusesWhileStarting: true })
        {
            await Task.Delay(StartingUp, time, cancellationToken);
            description = await backend.ReadDescriptionAsync(known, cancellationToken);
        }

        return description switch
        {
            null when backend.Kind.DescriptionFile is not null => backend.Distrust(backend.State.Problem ?? ""),
            { IsUnchanged: false } text => await intake.TakeAsync(text.Bytes, text.Tag, cancellationToken),
            _ => backend.State,
        };
    }

    [LoggerMessage(1, LogLevel.Warning, "{Backend}: {Problem}")]
    private partial void NotReady(string backend, string problem);
}
