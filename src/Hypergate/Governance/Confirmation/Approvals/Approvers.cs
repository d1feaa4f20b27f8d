using Hypergate.Model;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>Who may decide over the calls of others, and may still.</summary>
/// <param name="settings">The roles that they need.</param>
/// <param name="standing">As whom somebody who has voted could come at this moment.</param>
internal sealed class Approvers(ApprovalSettings settings, Func<ApprovalVote, CancellationToken, Task<VoterStanding>> standing)
{
    /// <summary>Whether a caller may decide over requests of others.</summary>
    public bool MayDecide(Caller caller) => !caller.IsReadOnly && caller.Roles.Intersect(settings.Roles, StringComparer.Ordinal).Any();

    /// <summary>The same over those of one backend.</summary>
    public bool MayDecide(Caller caller, string backend) => MayDecide(caller) && (caller.Backends is null || caller.Backends.Contains(backend, StringComparer.Ordinal));

    /// <summary>
    /// A request whose votes are of those who may still decide; the others have <see cref="ApprovalVote.Lapsed"/>. The same object where nothing has lapsed. Who has denied has decided then.
    /// </summary>
    /// <exception cref="IOException">Nobody can tell.</exception>
    public async Task<Approval> WeighAsync(Approval approval, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (approval.StateAt(now) is not (ApprovalState.Pending or ApprovalState.Approved))
        {
            return approval;
        }

        var votes = new List<ApprovalVote>();
        foreach (var vote in approval.Votes)
        {
            votes.Add(vote.Counts ? vote with { Lapsed = await LapseAsync(vote, approval.Backend, cancellationToken) } : vote);
        }

        return votes.SequenceEqual(approval.Votes) ? approval : approval with { Votes = votes };
    }

    private async Task<string?> LapseAsync(ApprovalVote vote, string backend, CancellationToken cancellationToken)
    {
        var now = await standing(vote, cancellationToken);
        return now.Ended
            ?? (now.Callers.Any(caller => MayDecide(caller, backend)) ? null : $"{vote.By} may no longer decide over requests for {backend}");
    }
}

/// <summary>As whom somebody who has voted could come now.</summary>
/// <param name="Callers">With each of the credentials that hold.</param>
/// <param name="Ended">Why the one of the vote does not hold any more; null where it does.</param>
internal sealed record VoterStanding(IReadOnlyList<Caller> Callers, string? Ended = null);
