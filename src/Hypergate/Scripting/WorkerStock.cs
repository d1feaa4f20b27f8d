namespace Hypergate.Scripting;

/// <summary>The workers that there are: those that are idle, and how many there are in all. Used under the lock of the ledger.</summary>
/// <param name="end">Ends a worker that is not wanted any more, without waiting for it.</param>
internal sealed class WorkerStock(Action<ScriptWorker> end)
{
    private readonly Stack<ScriptWorker> _idle = new();

    /// <summary>How many run or are about to be started.</summary>
    public int Alive { get; private set; }

    public int Busy => Alive - _idle.Count;

    public int Idle => _idle.Count;

    /// <summary>How many of them are about to be started.</summary>
    public int Starting { get; private set; }

    /// <summary>When one was last used, as a timestamp.</summary>
    public long UsedAt { get; private set; }

    /// <summary>One more is about to be started.</summary>
    public void Expect()
    {
        Alive++;
        Starting++;
    }

    /// <summary>One that was expected has started, or could not be.</summary>
    public void Arrived() => Starting--;

    /// <summary>One of them is no more, or could not be started.</summary>
    public void Lose() => Alive--;

    public void PutBack(ScriptWorker worker, long now)
    {
        UsedAt = now;
        _idle.Push(worker);
    }

    /// <summary>The one that was used last; null where none is idle. The system may have ended some meanwhile.</summary>
    public ScriptWorker? Take()
    {
        while (_idle.TryPop(out var worker))
        {
            if (worker.IsAlive)
            {
                return worker;
            }

            Alive--;
            end(worker);
        }

        return null;
    }

    /// <summary>Ends idle ones until so many are left.</summary>
    public void Shrink(int rest)
    {
        while (_idle.Count > rest)
        {
            Alive--;
            end(_idle.Pop());
        }
    }
}
