using Hypergate.Model;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>How a call comes to other people and back: it waits where its client can, else the caller asks again with the id.</summary>
internal sealed class ApprovalFlow(ApprovalDesk desk)
{
    private const string Policy = "approval";

    /// <summary>Whether others have agreed to this call as strictly as it needs.</summary>
    public static bool IsEnough(Call call, ConsentRule level) => call.Approval is { } approval && approval.Level >= level;

    /// <summary>Puts a call before other people. Gives it back with their word where they agreed while it waited.</summary>
    public async Task<(Call? Agreed, Outcome? Answer)> AskAsync(Call call, ApprovalWish wish, CancellationToken cancellationToken)
    {
        try
        {
            var approval = await desk.OpenAsync(call, wish, cancellationToken);
            return call.Conversation.CanWait ? await WaitAsync(call, approval, cancellationToken) : (null, Waiting(approval));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, NotKept(call, exception));
        }
    }

    /// <summary>Goes on with a call that came back with the id of its request.</summary>
    public async Task<Outcome> ResumeAsync(Call call, string id, CallNext next, CancellationToken cancellationToken)
    {
        try
        {
            var (agreed, answer) = await UseAsync(call, id, mayWait: call.Conversation.CanWait, cancellationToken);
            return agreed is null ? answer! : await next(agreed, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NotKept(call, exception);
        }
    }

    private Task<(Call? Agreed, Outcome? Answer)> WaitAsync(Call call, Approval approval, CancellationToken cancellationToken) =>
        UseAsync(call, approval.Id, mayWait: true, cancellationToken);

    private async Task<(Call? Agreed, Outcome? Answer)> UseAsync(Call call, string id, bool mayWait, CancellationToken cancellationToken)
    {
        var use = await desk.UseAsync(id, call, cancellationToken);
        while (use is { Problem: null, IsApproved: false } && mayWait)
        {
            call.Conversation.Report(new Progress(null, $"Waiting for approval {id}: {Who(use.Approval!)} must agree."));
            await desk.WaitAsync(id, cancellationToken);
            use = await desk.UseAsync(id, call, cancellationToken);
        }

        return use switch
        {
            { Problem: { } problem } => (null, new Outcome.Refused(Policy, $"{problem} Nothing was sent.") { IsDeclined = use.State == ApprovalState.Denied, IsExpired = use.State == ApprovalState.Expired }),
            { IsApproved: true, Approval: { } approval } => (call with { ShownState = approval.Fingerprint, Approval = (approval.By, approval.Level) }, null),
            _ => (null, Waiting(use.Approval!)),
        };
    }

    private static Outcome.Unconfirmed Waiting(Approval approval) => new(
        $"""
        ## Waiting for approval

        {approval.Text}
        **Needs:** {Who(approval)}. {(approval.By.Length == 0 ? "Nobody has decided yet." : $"So far: {approval.By}.")}{string.Concat(approval.Votes.Where(static vote => vote.Lapsed is not null).Select(static vote => $" The word of {vote.By} counts no longer: {vote.Lapsed}."))}
        Nothing has been sent yet. The request is {approval.Id}, until {approval.Ends.UtcDateTime:yyyy-MM-dd HH:mm} UTC. People decide with: hypergate approvals approve {approval.Id}

        To see whether it is decided, and to run it then, call the tool again with the same arguments and:

        confirm_token: "{approval.Id}"
        """)
    {
        Consent = $"waiting for approval {approval.Id}",
        Approval = approval.Id,
    };

    private static string Who(Approval approval) => approval.Needed == 1 ? "another person" : $"{approval.Needed} other people";

    private static Outcome.Refused NotKept(Call call, Exception exception) =>
        new(Policy, $"{call.Operation.Name} needs the approval of other people, but requests cannot be kept: {exception.Message} Nothing was sent.");
}
