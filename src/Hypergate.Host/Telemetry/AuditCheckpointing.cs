using Hypergate.Governance.Audit;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Telemetry;

/// <summary>
/// Tells a second place once a day, and at the end, where the audit ends. What cannot be told is a warning in the log, which 'hypergate doctor' repeats, and tried
/// again within the hour; no call waits for it.
/// </summary>
/// <param name="settings">Those of this moment.</param>
/// <param name="stores">The audit, and what was done before.</param>
/// <param name="sources">Of the process.</param>
/// <param name="log">Told what fails.</param>
/// <param name="time">For the days.</param>
internal sealed partial class AuditCheckpointing(Func<AuditSettings> settings, IGatewayStores stores, SettingsSources sources, ILogger log, TimeProvider time) : IAsyncDisposable
{
    private const string NoAnswer = "It did not answer in time.";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1.5);

    private readonly CheckpointBook _book = new(stores.State);
    private readonly CancellationTokenSource _end = new();
    private Task _going = Task.CompletedTask;
    private string? _told;

    /// <summary>Begins to look whether it is time; returns at once.</summary>
    public AuditCheckpointing Start()
    {
        _going = GoOnAsync(_end.Token);
        return this;
    }

    /// <summary>Writes the last one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _going.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(LastWords, time);
        await TryAsync(TimeSpan.Zero, patience.Token);
        _end.Dispose();
    }

    private async Task GoOnAsync(CancellationToken end)
    {
        while (true)
        {
            await TryAsync(Day, end);
            await Task.Delay(Look, time, end);
        }
    }

    private async Task TryAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (settings() is not { Enabled: true, Checkpoint: { } wanted })
        {
            return;
        }

        try
        {
            await WriteAsync(wanted, age, cancellationToken);
            _told = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell(wanted, exception.Message);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested && age > TimeSpan.Zero)
        {
            // It is tried once more at the end.
        }
        catch (OperationCanceledException)
        {
            Tell(wanted, NoAnswer);
        }
    }

    private async Task WriteAsync(string wanted, TimeSpan age, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = await _book.ReadAsync(cancellationToken) is { } note && note.Place == wanted ? note : new(wanted, 0, null, null);
        if ((last.Problem is null && last.Written > now - age) || await stores.Trail.CheckpointAsync(now, cancellationToken) is not { } checkpoint || checkpoint.Sequence == last.Sequence)
        {
            return;
        }

        try
        {
            await new CheckpointPlace(wanted, sources, time).WriteAsync(checkpoint, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            await _book.WriteAsync(last with { Problem = exception is IOException ? exception.Message : NoAnswer }, CancellationToken.None);
            throw;
        }

        await _book.WriteAsync(new(wanted, checkpoint.Sequence, now, null), CancellationToken.None);
    }

    // Every look of a day would say the same.
    private void Tell(string wanted, string problem)
    {
        if (problem != _told)
        {
            _told = problem;
            NotWritten(log, wanted, problem);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Where the audit ends could not be told to {Place} (audit.checkpoint): {Problem} It is tried again; calls go on.")]
    private static partial void NotWritten(ILogger logger, string place, string problem);
}
