using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Runs that wait for consent, plans that may be agreed to, and results that a later script can take up. In memory, each for its own caller.</summary>
internal sealed class CodeRuns(TimeProvider time)
{
    /// <summary>How long a question stands.</summary>
    public static readonly TimeSpan ConsentLifetime = TimeSpan.FromMinutes(5);

    private const int MostOfOneCaller = 4;
    private const int Most = 16;
    private const int MostPlans = 64;
    private static readonly TimeSpan ResultLifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new(); // Guards _waiting, whose oldest makes room.
    private readonly List<CodeRun> _waiting = [];
    private readonly ConcurrentDictionary<string, (CodeRun Run, DateTimeOffset Until)> _expired = new(StringComparer.Ordinal);
    private readonly KeptResults _results = new(time, ResultLifetime);
    private readonly ConcurrentDictionary<string, CodePlan> _plans = new(StringComparer.Ordinal);

    /// <summary>A run begins to wait; the oldest ends where there are too many.</summary>
    public void Add(CodeRun run)
    {
        CodeRun? oldest;
        lock (_lock)
        {
            oldest = _waiting.Count(other => other.Caller == run.Caller) >= MostOfOneCaller ? _waiting.First(other => other.Caller == run.Caller)
                : _waiting.Count >= Most ? OldestOfMost(_waiting) : null;
            _waiting.Remove(oldest!);
            _waiting.Remove(run);
            _waiting.Add(run);
        }

        if (oldest is not null)
        {
            Expire(oldest, "It waited for consent, and later runs took its place.");
        }
    }

    /// <summary>Ends the oldest run of whoever has most waiting in a sandbox, because others lack its worker: its turn, or null where none waits.</summary>
    public PoolTurn? MakeRoom(Sandbox sandbox)
    {
        CodeRun? oldest;
        lock (_lock)
        {
            var those = _waiting.Where(run => run.Sandbox == sandbox).ToList();
            oldest = those.Count == 0 ? null : OldestOfMost(those);
            _waiting.Remove(oldest!);
        }

        if (oldest is not null)
        {
            Expire(oldest, "It waited for consent, and others needed its place.");
        }

        return oldest?.Turn;
    }

    /// <summary>Ends what waits for callers that fit. Whoever may come back is told what it had done.</summary>
    public void End(Func<Caller, bool> fits, string why)
    {
        List<CodeRun> ended;
        lock (_lock)
        {
            ended = [.. _waiting.Where(run => fits(run.Request.Caller))];
            _waiting.RemoveAll(ended.Contains);
        }

        foreach (var run in ended)
        {
            Expire(run, why);
        }
    }

    // Whoever has most of them makes room, so that nobody can push out what others wait for.
    private static CodeRun OldestOfMost(IEnumerable<CodeRun> runs) => runs.GroupBy(static run => run.Caller, StringComparer.Ordinal).MaxBy(static ofOne => ofOne.Count())!.First();

    /// <summary>Ends a run for which nobody has come back; whoever does later is told what it had done.</summary>
    public void Expire(CodeRun run, string why)
    {
        var now = time.GetUtcNow();
        foreach (var (id, kept) in _expired)
        {
            if (kept.Until <= now || _expired.Count >= Most)
            {
                _expired.TryRemove(id, out _);
            }
        }

        _expired[run.Id] = (run, now + ResultLifetime);
        run.End("consent_expired", why);
    }

    /// <summary>The run of that id that ended while it waited, where it is this caller's.</summary>
    public CodeRun? FindExpired(string id, Caller caller) =>
        _expired.TryGetValue(id, out var kept) && kept.Run.Caller == caller.Name ? kept.Run : null;

    public void Remove(CodeRun run)
    {
        lock (_lock)
        {
            _waiting.Remove(run);
        }
    }

    /// <summary>The run of that id, where it is this caller's.</summary>
    public CodeRun? Find(string id, Caller caller)
    {
        lock (_lock)
        {
            return _waiting.Find(run => run.Id == id && run.Caller == caller.Name);
        }
    }

    /// <summary>Keeps what a run returned.</summary>
    public void Keep(CodeRun run, string json) => _results.Add(run.Id, run.Caller, json);

    /// <summary>What an earlier run of the same caller returned, whole; null where it is not known any more.</summary>
    public string? Result(string run, string caller) => _results.Find(run, caller);

    /// <summary>Gives out the token of a plan.</summary>
    public string Keep(CodePlan plan)
    {
        var token = NewToken("p_");
        _plans[token] = plan;
        while (_plans.Count > MostPlans)
        {
            // Whoever has most of them loses their oldest, so that nobody can take away what others are about to agree to.
            var (oldest, _) = _plans.GroupBy(static kept => kept.Value.Caller, StringComparer.Ordinal).MaxBy(static ofOne => ofOne.Count())!.MinBy(static kept => kept.Value.Expires);
            _plans.TryRemove(oldest, out _);
        }

        return token;
    }

    /// <summary>The plan of a token, where it fits the caller and the script.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="caller">Who brings it.</param>
    /// <param name="codeHash">Of what shall be run now.</param>
    /// <param name="isSpent">Whether it is used up by this.</param>
    public CodePlan? Plan(string token, Caller caller, string codeHash, bool isSpent)
    {
        // Another caller cannot even spend it, and another script does not.
        return _plans.TryGetValue(token, out var plan) && plan.Caller == caller.Name && plan.CodeHash == codeHash && plan.Expires > time.GetUtcNow()
            && (!isSpent || _plans.TryRemove(token, out plan)) ? plan : null;
    }

    public static string NewToken(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string HashOf(string code, string arguments) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}\0{arguments}")));
}
