namespace Hypergate.Scripting;

/// <summary>Who waits for a worker, and whose turn it is: short jobs first, then scripts, the caller who was served longest ago before others.</summary>
internal sealed class PoolQueue(int mostScriptsOfOneCaller)
{
    private const int MostWaiting = 16;

    private readonly List<PoolTurn> _waiting = [];
    private readonly HashSet<PoolTurn> _running = [];
    private readonly Dictionary<string, long> _served = new(StringComparer.Ordinal);
    private long _turns;

    public bool IsFull => _waiting.Count >= MostWaiting;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>How many wait for nothing but a worker.</summary>
    public int Lacking => _waiting.Count(MayRun);

    public bool MayRun(PoolTurn turn) => turn.Work != PoolWork.Script || _running.Count(other => other.Work == PoolWork.Script && other.Caller == turn.Caller) < mostScriptsOfOneCaller;

    public void Add(PoolTurn turn) => _waiting.Add(turn);

    public void Remove(PoolTurn turn) => _waiting.Remove(turn);

    /// <summary>Whose turn it is; null where nobody waits who may run.</summary>
    /// <param name="isPlaceFor">Whether there is a worker left for a kind of work.</param>
    public PoolTurn? Next(Func<PoolWork, bool> isPlaceFor)
    {
        var next = _waiting.Where(turn => isPlaceFor(turn.Work) && MayRun(turn)).OrderBy(static turn => turn.Work).ThenBy(turn => _served.GetValueOrDefault(turn.Caller)).FirstOrDefault();
        if (next is not null)
        {
            _waiting.Remove(next);
        }

        return next;
    }

    /// <summary>A job begins, or goes on after a pause.</summary>
    public void Begin(PoolTurn turn)
    {
        _served[turn.Caller] = ++_turns;
        _running.Add(turn);
    }

    /// <summary>A job ends, or pauses; one that pauses may end as well.</summary>
    public void End(PoolTurn turn)
    {
        _running.Remove(turn);
        if (!_running.Any(other => other.Caller == turn.Caller))
        {
            _served.Remove(turn.Caller);
        }
    }
}
