using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Governance.Metering;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// Spends the token that comes with a call before anything else is looked at: a token for another call, or beside wrong
/// arguments, cannot be tried a second time. The id of a request for approval is spent where others have agreed.
/// </summary>
internal sealed class ConsentTokenStep(ConsentTokens tokens, ApprovalFlow approvals) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (call.ConfirmToken is not { } token)
        {
            return await next(call, cancellationToken);
        }

        if (token.StartsWith(ApprovalDesk.Prefix, StringComparison.Ordinal))
        {
            return await approvals.ResumeAsync(call, token, next, cancellationToken);
        }

        var redeemed = await RedeemAsync(call, token, cancellationToken);
        GovernanceMeters.Consent("token", redeemed.Problem is null ? "given" : "invalid");
        return redeemed.Problem is { } problem
            ? new Outcome.Refused("confirmation", $"{problem} Nothing was sent. Call {call.Operation.Name} again without confirm_token for a new preview.")
            : await next(call with { ShownState = redeemed.Fingerprint, ShownWay = redeemed.Way }, cancellationToken);
    }

    private async Task<ConsentTokens.Redemption> RedeemAsync(Call call, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.RedeemAsync(token, call, cancellationToken);
        }
        catch (IOException exception)
        {
            return new(null, $"Whether the confirm_token holds cannot be found out: {exception.Message}");
        }
    }
}
