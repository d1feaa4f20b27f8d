using System.Collections.Concurrent;
using System.Globalization;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Metering;
using Hypergate.Model;

namespace Hypergate.Governance.Limits;

/// <summary>What callers may use up, by the settings and their roles, and what they have used.</summary>
/// <param name="roles">What roles say.</param>
/// <param name="general">What holds for everybody.</param>
/// <param name="counter">Where it is counted.</param>
internal sealed class CallerLimits(RoleBook roles, LimitSettings general, IRateCounter counter)
{
    private const double Megabyte = 1024 * 1024;

    private readonly ConcurrentDictionary<string, LimitSettings> _limits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _runs = new(StringComparer.Ordinal);

    /// <summary>What a caller may use up: the least of what the settings, its roles and its credential say.</summary>
    public LimitSettings Of(Caller caller) => caller is { CallsPerMinute: null, WritesPerMinute: null }
        ? Of(Audience.Of(caller))
        : LimitSettings.Least(Of(Audience.Of(caller)), new() { CallsPerMinute = caller.CallsPerMinute, WritesPerMinute = caller.WritesPerMinute });

    private LimitSettings Of(Audience audience) => roles.IsPlain ? general
        : _limits.GetOrAdd(audience.RoleNames, static (_, all) => LimitSettings.Least(all.General, all.Rights.Limits), (General: general, Rights: roles.Of(audience)));

    /// <summary>Takes one call; null where it may go on, else which limit it met and when to come back.</summary>
    public async ValueTask<string?> TakeAsync(Call call, CancellationToken cancellationToken)
    {
        var (limits, name) = (Of(call.Caller), call.Caller.Name);
        return await WaitAsync("calls", name, limits.CallsPerMinute, "a minute", RateLimit.PerMinute, 1, cancellationToken)
            ?? await WaitAsync("megabytes", name, limits.MegabytesPerMinute, "a minute", RateLimit.PerMinute, 0, cancellationToken)
            ?? (call.Operation.Changes ? await WaitAsync("writes", name, limits.WritesPerMinute, "a minute", RateLimit.PerMinute, 1, cancellationToken) : null)
            ?? (call.Operation.Access == Access.Dangerous
                ? await WaitAsync("dangerous calls", $"{name} {call.Backend}", limits.DangerousPerHour, "an hour", RateLimit.PerHour, 1, cancellationToken) : null);
    }

    /// <summary>Notes what a call has brought.</summary>
    public async ValueTask ChargeAsync(Call call, Outcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is Outcome.Done { Bytes: > 0 and var bytes } && Of(call.Caller).MegabytesPerMinute is > 0 and var most)
        {
            await counter.ChargeAsync($"megabytes {call.Caller.Name}", RateLimit.PerMinute(most), bytes / Megabyte, cancellationToken);
        }
    }

    /// <summary>Begins a script; the lease ends it. Null, with the reason, where the caller may not now.</summary>
    public async ValueTask<(IDisposable? Run, string? Problem)> BeginRunAsync(Caller caller, CancellationToken cancellationToken)
    {
        var limits = Of(caller);
        if (await WaitAsync("scripts", caller.Name, limits.CodeRunsPerMinute, "a minute", RateLimit.PerMinute, 1, cancellationToken) is { } wait)
        {
            return (null, wait);
        }

        if (_runs.AddOrUpdate(caller.Name, 1, static (_, count) => count + 1) > limits.CodeRunsAtOnce)
        {
            End(caller.Name);
            GovernanceMeters.LimitHit("scripts at once");
            return (null, string.Create(CultureInfo.InvariantCulture, $"The limit is {limits.CodeRunsAtOnce} scripts at once. Try again when one of yours has ended."));
        }

        return (new Run(this, caller.Name), null);
    }

    private async ValueTask<string?> WaitAsync(string what, string who, int? most, string per, Func<double, RateLimit> limit, double amount, CancellationToken cancellationToken)
    {
        var wait = most is null ? null : await AskAsync(what, who, most.Value, per, limit, amount, cancellationToken);
        if (wait is not null)
        {
            GovernanceMeters.LimitHit(what);
        }

        return wait;
    }

    private async ValueTask<string?> AskAsync(string what, string who, int most, string per, Func<double, RateLimit> limit, double amount, CancellationToken cancellationToken) => most switch
    {
        0 => $"The limit is no {what} at all.",
        var some => await counter.TakeAsync($"{what} {who}", limit(some), amount, cancellationToken) is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"The limit is {some} {what} {per}. Try again in {Math.Max(1, Math.Ceiling(seconds)):0} s.")
            : null,
    };

    private void End(string name)
    {
        if (_runs.AddOrUpdate(name, 0, static (_, count) => count - 1) <= 0)
        {
            _runs.TryRemove(new(name, 0));
        }
    }

    private sealed class Run(CallerLimits limits, string name) : IDisposable
    {
        private int _hasEnded;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
            {
                limits.End(name);
            }
        }
    }
}
