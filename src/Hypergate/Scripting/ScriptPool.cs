using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>
/// The workers: started when wanted, reused for a while, replaced when they break. One job at a time on each; whoever finds none free
/// waits in turn, by the <see cref="PoolLedger"/>.
/// </summary>
internal sealed class ScriptPool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PoolLedger _ledger;
    private readonly WorkerCare _care;
    private readonly WorkerSource _source;
    private readonly BackgroundWork _background = new();
    private readonly SandboxFaultHandler _faulted;
    private readonly TimeProvider _time;
    private readonly IDisposable _counting;
    private readonly CancellationTokenSource _end = new();

    /// <param name="settings">How many workers, and how they run.</param>
    /// <param name="folder">An empty folder for workers to stand in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="listeners">What workers say beside the protocol, and who is told where one breaks it.</param>
    public ScriptPool(ScriptingSettings settings, string folder, TimeProvider time, (ILogger Log, SandboxFaultHandler Faulted) listeners)
    {
        (_time, _faulted) = (time, listeners.Faulted);
        _source = new(settings, folder, listeners.Log, time);
        _ledger = new(settings.MostWorkers, End, time);
        _care = new(_ledger, StartAsync, time);
        _counting = ScriptMeters.Count(() => _ledger.Counts, () => IsIll);
    }

    /// <summary>The Node that runs workers.</summary>
    /// <exception cref="SandboxException">There is none; the message says why.</exception>
    public Task<NodeInstallation> NodeAsync(CancellationToken cancellationToken) => _source.NodeAsync(cancellationToken);

    /// <summary>Whether scripts are refused for now because workers keep dying.</summary>
    public bool IsIll => _source.IsIll;

    /// <summary>Starts a first worker in the background, so that the first job finds it warm.</summary>
    public void WarmUp() => _background.Add(_care.WarmUpAsync(_end.Token));

    /// <summary>Does a piece of work on a worker, as soon as it is this caller's turn.</summary>
    /// <param name="turn">Who wants it.</param>
    /// <param name="kind">For the figures.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    /// <exception cref="SandboxException">There is no worker, or it did not come to an end.</exception>
    public async Task<T> UseAsync<T>(PoolTurn turn, string kind, Func<ScriptWorker, Task<T>> work, CancellationToken cancellationToken)
    {
        var wanted = _time.GetTimestamp();
        var worker = await TakeAsync(turn, cancellationToken);
        ScriptMeters.Waited(_time.GetElapsedTime(wanted));
        var started = _time.GetTimestamp();
        var result = "done";
        try
        {
            return await work(worker);
        }
        catch (SandboxException exception)
        {
            result = exception.Code;
            await TellAsync(turn, kind, worker, result);
            throw;
        }
        finally
        {
            ScriptMeters.Done(kind, result, _time.GetElapsedTime(started));
            GiveBack(turn, worker);
        }
    }

    /// <summary>A run waits for consent: its worker does not count, so that others get one, up to a bound.</summary>
    /// <param name="turn">Its turn.</param>
    /// <param name="makeRoom">Ends one of the runs that wait and tells its turn; asked beyond the bound, when somebody lacks a worker. Null where none waits any more.</param>
    public void Pause(PoolTurn turn, Func<PoolTurn?> makeRoom)
    {
        _ledger.Pause(turn, makeRoom);
        _ledger.Serve();
    }

    /// <summary>A paused run goes on.</summary>
    public void Resume(PoolTurn turn) => _ledger.Resume(turn);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _counting.Dispose();
        _care.Dispose();
        _ledger.Close();
        await _background.EndAsync();
        _source.Dispose();
    }

    private async Task<ScriptWorker> TakeAsync(PoolTurn turn, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
        if (IsIll)
        {
            throw SandboxException.Unavailable("Scripts are unavailable for a minute: their workers keep failing, and the log says why.");
        }

        if (!_ledger.TryWait(turn))
        {
            throw Busy();
        }

        _ledger.Serve();
        return await GrantedAsync(turn, cancellationToken) ?? await StartAsync(turn, cancellationToken);
    }

    private async Task<ScriptWorker?> GrantedAsync(PoolTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            return await turn.Granted.Task.WaitAsync(Patience, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ledger.Leave(turn);

            // It may have been granted in this very moment.
            if (turn.Granted.Task.IsCompletedSuccessfully)
            {
                return await turn.Granted.Task;
            }

            throw exception is TimeoutException ? Busy() : exception;
        }
    }

    private static SandboxException Busy() => new("busy", "All script workers are busy. Try again in 10 seconds.");

    private async Task<ScriptWorker> StartAsync(PoolTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            var worker = await StartAsync(cancellationToken);
            _ledger.Arrived();
            return worker;
        }
        catch
        {
            _ledger.Arrived();
            _ledger.End(turn, null);
            _ledger.Serve();
            throw;
        }
    }

    private async Task<ScriptWorker> StartAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        var worker = await _source.StartAsync(both.Token);
        _care.Begin();
        return worker;
    }

    // A worker that broke the protocol is a matter for the audit; one that was killed at a limit is not.
    private async Task TellAsync(PoolTurn turn, string kind, ScriptWorker worker, string code)
    {
        if (!worker.IsUsable)
        {
            ScriptMeters.Killed(code);
        }

        if (worker.Crashed is { } why)
        {
            await _faulted(turn.Caller, kind, why);
        }
    }

    private void GiveBack(PoolTurn turn, ScriptWorker worker)
    {
        var isGood = worker.IsFresh && !_end.IsCancellationRequested;
        _ledger.End(turn, isGood ? worker : null);
        if (!isGood)
        {
            End(worker);
        }

        // The next job shall find a warm worker again.
        if (_ledger.IsBare)
        {
            WarmUp();
        }

        _ledger.Serve();
    }

    private void End(ScriptWorker worker) => _background.Add(_source.EndAsync(worker));
}

/// <summary>Is told where a worker has broken the protocol: for whom, at what kind of job, and how.</summary>
internal delegate Task SandboxFaultHandler(string caller, string kind, string why);
