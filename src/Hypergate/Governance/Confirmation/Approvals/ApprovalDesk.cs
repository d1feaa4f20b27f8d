using System.Security.Cryptography;
using Hypergate.Governance.State;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>
/// The calls that wait for other people. Kept where every process of the gateway finds them; used once, by the caller who asked, for the
/// call that was shown.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="approvers">Who decides.</param>
/// <param name="lifetime">For how long a request waits, and an approval can be used.</param>
/// <param name="news">Told of every request and decision.</param>
/// <param name="time">For their ends.</param>
internal sealed class ApprovalDesk(IStateStore store, Approvers approvers, TimeSpan lifetime, Func<ApprovalNews, Task> news, TimeProvider time)
{
    public const string Prefix = "ap_";

    private const int MostPending = 1_000;
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ApprovalShelf _shelf = new(store);

    public TimeSpan Lifetime => lifetime;

    /// <summary>Those that a caller may decide over, or asked for; newest first.</summary>
    public async Task<IReadOnlyList<Approval>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var seen = (await _shelf.ListAsync(cancellationToken)).Where(approval => MaySee(caller, approval));
        return await Task.WhenAll(seen.OrderByDescending(static approval => approval.Created).Select(approval => WeighAsync(approval, cancellationToken)));
    }

    /// <summary>One of them; null where there is none that the caller may see.</summary>
    public async Task<Approval?> FindAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        await _shelf.FindAsync(id, cancellationToken) is ({ } approval, _) && MaySee(caller, approval) ? await WeighAsync(approval, cancellationToken) : null;

    /// <summary>Puts a call before other people; the same call in the same state waits once.</summary>
    public async Task<Approval> OpenAsync(Call call, ApprovalWish wish, CancellationToken cancellationToken)
    {
        var (now, binding) = (time.GetUtcNow(), ConsentBinding.Of(call));
        var known = await _shelf.CleanAsync(now, cancellationToken);
        if (known.FirstOrDefault(approval => approval.Caller == call.Caller.Name && approval.Binding == binding && approval.Fingerprint == wish.Fingerprint
            && approval.Needed >= wish.Needed && approval.StateAt(now) == ApprovalState.Pending) is { } same)
        {
            return same;
        }

        if (known.Count(approval => approval.StateAt(now) == ApprovalState.Pending) >= MostPending)
        {
            throw new IOException($"More than {MostPending} requests wait for approval.");
        }

        var approval = new Approval
        {
            Id = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            Caller = call.Caller.Name,
            Backend = call.Backend,
            Operation = call.Operation.Name,
            Access = wish.Access.ToString().ToLowerInvariant(),
            Text = wish.Text,
            Binding = binding,
            Fingerprint = wish.Fingerprint,
            Needed = wish.Needed,
            Created = now,
            Ends = now + Lifetime,
            Votes = [],
        };
        if (!await _shelf.TryKeepAsync(approval, null, cancellationToken))
        {
            throw new IOException("The request for approval could not be kept.");
        }

        await news(new ApprovalNews(ApprovalNews.Requested, approval.Caller, "", approval));
        return approval;
    }

    /// <summary>Takes one person's word.</summary>
    /// <returns>The approval after it; or why it was not taken.</returns>
    public async Task<(Approval? Approval, string? Problem)> DecideAsync(string id, Caller by, bool agrees, string reason, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _shelf.FindAsync(id, cancellationToken) is not ({ } approval, var version) || !MaySee(by, approval))
            {
                return (null, $"There is no request '{id}'.");
            }

            var now = time.GetUtcNow();
            var weighed = await WeighAsync(approval, cancellationToken);
            if (ProblemOf(weighed, by, now) is { } problem)
            {
                return (null, problem);
            }

            var next = weighed with { Votes = [.. weighed.Votes, ApprovalVote.Of(by, agrees, reason, now)] };
            if (await _shelf.TryKeepAsync(next, version, cancellationToken))
            {
                await TellLapsedAsync(approval, weighed);
                await news(new ApprovalNews(agrees ? ApprovalNews.Approved : ApprovalNews.Denied, by.Name, reason, next));
                return (next, null);
            }
        }

        return (null, "Too many others decide at the same moment; try again.");
    }

    /// <summary>Spends an approval for a call. Another caller's reads like one that never was.</summary>
    public async Task<ApprovalUse> UseAsync(string id, Call call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _shelf.FindAsync(id, cancellationToken) is not ({ } approval, var version) || approval.Caller != call.Caller.Name)
            {
                return new(null, "The request for approval is unknown, or too old.");
            }

            if (approval.Binding != ConsentBinding.Of(call))
            {
                return new(null, $"The request {id} is for another call ({approval.Operation} on '{approval.Backend}' with its own arguments). It was not used.");
            }

            var now = time.GetUtcNow();
            var weighed = await WeighAsync(approval, cancellationToken);
            if (weighed != approval)
            {
                // Kept before anything else is made of it, so that everybody counts alike and the audit tells it once.
                if (await _shelf.TryKeepAsync(weighed, version, cancellationToken))
                {
                    await TellLapsedAsync(approval, weighed);
                }

                continue;
            }

            switch (approval.StateAt(now))
            {
                case ApprovalState.Pending:
                    return new(approval, null);
                case ApprovalState.Denied:
                    var denied = approval.Votes.First(static vote => !vote.Agrees);
                    return new(null, $"{denied.By} has denied it{(denied.Reason.Length > 0 ? $": {denied.Reason}" : "")}. Do not try it again unasked.") { State = ApprovalState.Denied };
                case ApprovalState.Expired:
                    return new(null, "Nobody decided in time; the request has expired.") { State = ApprovalState.Expired };
                case ApprovalState.Used:
                    return new(null, "The approval was used already.");
                case ApprovalState.Approved when await _shelf.TryKeepAsync(approval with { Used = now }, version, cancellationToken):
                    return new(approval with { Used = now }, null);
            }
        }

        return new(null, "The approval could not be used; try again.");
    }

    /// <summary>Waits until a request is decided or has expired; also while requests cannot be read for some time.</summary>
    public async Task WaitAsync(string id, CancellationToken cancellationToken)
    {
        var last = time.GetUtcNow() + Lifetime;
        while (await IsPendingAsync(id, last, cancellationToken))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> IsPendingAsync(string id, DateTimeOffset last, CancellationToken cancellationToken)
    {
        try
        {
            return await _shelf.FindAsync(id, cancellationToken) is ({ } approval, _) && approval.StateAt(time.GetUtcNow()) == ApprovalState.Pending;
        }
        catch (IOException) when (time.GetUtcNow() < last)
        {
            return true;
        }
    }

    private Task<Approval> WeighAsync(Approval approval, CancellationToken cancellationToken) => approvers.WeighAsync(approval, time.GetUtcNow(), cancellationToken);

    private async Task TellLapsedAsync(Approval before, Approval now)
    {
        foreach (var vote in now.Votes.Except(before.Votes))
        {
            await news(new ApprovalNews(ApprovalNews.Lapsed, vote.By, vote.Lapsed!, now));
        }
    }

    private string? ProblemOf(Approval approval, Caller by, DateTimeOffset now) => approval.StateAt(now) switch
    {
        _ when approval.Caller == by.Name => "Nobody approves or denies their own request; another person must.",
        _ when !approvers.MayDecide(by) => $"There is no request '{approval.Id}'.",
        ApprovalState.Expired => "The request has expired.",
        ApprovalState.Denied => "The request is denied already.",
        ApprovalState.Used => "The request was approved and used already.",
        ApprovalState.Approved => "The request is approved already.",
        _ when approval.Votes.Any(vote => vote.By == by.Name && vote.Lapsed is null) => "You have decided already; it needs another person.",
        _ => null,
    };

    private bool MaySee(Caller caller, Approval approval) =>
        approval.Caller == caller.Name || approvers.MayDecide(caller, approval.Backend);
}
