using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>
/// The workers: started when wanted, reused for a while, replaced when they break. One job at a time on each; whoever finds none free
/// waits in turn.
/// </summary>
internal sealed class ScriptPool : IAsyncDisposable
{
    private const int MostPaused = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new(); // Guards everything below that changes.
    private readonly PoolQueue _queue;
    private readonly WorkerStock _stock;
    private readonly WorkerCare _care;
    private readonly WorkerSource _source;
    private readonly BackgroundWork _background = new();
    private readonly TimeProvider _time;
    private readonly int _most;
    private readonly CancellationTokenSource _end = new();
    private Func<bool>? _makeRoom;
    private int _paused;
    private int _leaving; // Paused runs that were asked to end and have not yet.

    public ScriptPool(ScriptingSettings settings, string folder, TimeProvider time, ILogger log)
    {
        (_time, _most) = (time, settings.MostWorkers);
        _source = new(settings, folder, log, time);
        _queue = new(Math.Clamp(_most / 2, 1, 2));
        _stock = new(End);
        _care = new(_stock, _lock, StartAsync, Serve, time);
    }

    /// <summary>The Node that runs workers.</summary>
    /// <exception cref="SandboxException">There is none; the message says why.</exception>
    public Task<NodeInstallation> NodeAsync(CancellationToken cancellationToken) => _source.NodeAsync(cancellationToken);

    /// <summary>Whether scripts are refused for now because workers keep dying.</summary>
    public bool IsIll => _source.IsIll;

    /// <summary>Starts a first worker in the background, so that the first job finds it warm.</summary>
    public void WarmUp() => _background.Add(_care.WarmUpAsync(_most, _end.Token));

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
            ScriptMeters.Killed(exception.Code);
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
    /// <param name="makeRoom">Ends one of the runs that wait; asked beyond the bound, when somebody lacks a worker. False where none waits any more.</param>
    public void Pause(PoolTurn turn, Func<bool> makeRoom)
    {
        lock (_lock)
        {
            _paused++;
            _makeRoom = makeRoom;
            _queue.End(turn);
        }

        ScriptMeters.Paused();
        Serve();
    }

    /// <summary>A paused run goes on.</summary>
    public void Resume(PoolTurn turn)
    {
        lock (_lock)
        {
            _paused--;
            _leaving = Math.Max(0, _leaving - 1);
            if (!turn.IsOver)
            {
                _queue.Begin(turn);
            }
        }

        ScriptMeters.Resumed();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        lock (_lock)
        {
            _care.Dispose();
            _stock.Shrink(0);
        }

        await _background.EndAsync();
        _source.Dispose();
    }

    // What others wait for has a worker more, so that scripts that fill all places do not wait for themselves.
    private int CapacityFor(PoolWork work) => _most + Math.Min(_paused, MostPaused) + (PoolWork.Script - work);

    private async Task<ScriptWorker> TakeAsync(PoolTurn turn, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
        if (IsIll)
        {
            throw SandboxException.Unavailable("Scripts are unavailable for a minute: their workers keep failing, and the log says why.");
        }

        lock (_lock)
        {
            if (_queue.IsFull)
            {
                throw Busy();
            }

            _queue.Add(turn);
        }

        Serve();
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
            lock (_lock)
            {
                _queue.Remove(turn);
            }

            // It may have been granted in this very moment.
            if (turn.Granted.Task.IsCompletedSuccessfully)
            {
                return await turn.Granted.Task;
            }

            throw exception is TimeoutException ? Busy() : exception;
        }
    }

    private static SandboxException Busy() => new("busy", "All script workers are busy. Try again in 10 seconds.");

    // Gives workers, or the right to start one, to whom they belong next.
    private void Serve()
    {
        bool isCrowded;
        lock (_lock)
        {
            while (_queue.Next(work => _stock.Busy < CapacityFor(work)) is { } next)
            {
                _queue.Begin(next);
                var worker = _stock.Take();
                if (worker is null)
                {
                    _stock.Expect();
                }

                next.Granted.SetResult(worker);
            }

            isCrowded = _paused - _leaving > MostPaused && _queue.LacksWorker;
            _leaving += isCrowded ? 1 : 0;
        }

        if (isCrowded && _makeRoom?.Invoke() != true)
        {
            lock (_lock)
            {
                _leaving--;
            }
        }
    }

    private async Task<ScriptWorker> StartAsync(PoolTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(cancellationToken);
        }
        catch
        {
            lock (_lock)
            {
                EndTurn(turn);
                _stock.Lose();
            }

            Serve();
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

    private void GiveBack(PoolTurn turn, ScriptWorker worker)
    {
        var isGood = worker.IsFresh && !_end.IsCancellationRequested;
        lock (_lock)
        {
            EndTurn(turn);
            if (isGood)
            {
                _stock.PutBack(worker, _time.GetTimestamp());
            }
            else
            {
                _stock.Lose();
            }
        }

        if (!isGood)
        {
            End(worker);
            ReplaceLast();
        }

        Serve();
    }

    private void EndTurn(PoolTurn turn)
    {
        turn.IsOver = true;
        _queue.End(turn);
    }

    // The next job shall find a warm worker again.
    private void ReplaceLast()
    {
        lock (_lock)
        {
            if (_stock.HasIdle || !_queue.IsEmpty || _stock.Alive > 0 || _end.IsCancellationRequested)
            {
                return;
            }
        }

        WarmUp();
    }

    private void End(ScriptWorker worker) => _background.Add(_source.EndAsync(worker));
}
