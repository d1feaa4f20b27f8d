using System.Collections.Concurrent;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Limits;

/// <summary>Holds callers to the calls a minute that their roles give them. Looks that the gateway makes by itself do not count.</summary>
/// <param name="roles">Where the limits stand.</param>
/// <param name="time">For the minutes.</param>
internal sealed class RateStep(RoleBook roles, TimeProvider time) : ICallStep
{
    private const int MostCallers = 10_000;

    private readonly ConcurrentDictionary<(string Caller, bool Writes), Bucket> _buckets = new();

    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (call.Tool is "preview" or "policy")
        {
            return next(call, cancellationToken);
        }

        var rights = roles.Of(Audience.Of(call.Caller));
        var wait = Wait(call, writes: false, rights.CallsPerMinute) ?? (call.Operation.Changes ? Wait(call, writes: true, rights.WritesPerMinute) : null);
        return wait is null
            ? next(call, cancellationToken)
            : Task.FromResult<Outcome>(new Outcome.Refused("limits", $"{call.Caller.Name} has used up the calls of its role for now. Nothing was sent. {wait}"));
    }

    private string? Wait(Call call, bool writes, int? perMinute)
    {
        if (perMinute is not { } most)
        {
            return null;
        }

        if (most == 0)
        {
            return "The role may make none.";
        }

        Trim();
        var seconds = _buckets.GetOrAdd((call.Caller.Name, writes), _ => new Bucket(most, time.GetUtcNow())).Take(most, time.GetUtcNow());
        return seconds is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(seconds.Value):0} s.");
    }

    // Full buckets remember nothing that matters.
    private void Trim()
    {
        if (_buckets.Count > MostCallers)
        {
            _buckets.Clear();
        }
    }

    private sealed class Bucket(double left, DateTimeOffset at)
    {
        // Guards the level: calls come from many threads.
        private readonly Lock _lock = new();
        private double _left = left;
        private DateTimeOffset _at = at;

        /// <summary>Takes one; else the seconds until there is one.</summary>
        public double? Take(int perMinute, DateTimeOffset now)
        {
            lock (_lock)
            {
                _left = Math.Min(perMinute, _left + (now - _at).TotalMinutes * perMinute);
                _at = now;
                if (_left < 1)
                {
                    return (1 - _left) * 60 / perMinute;
                }

                _left--;
                return null;
            }
        }
    }
}
