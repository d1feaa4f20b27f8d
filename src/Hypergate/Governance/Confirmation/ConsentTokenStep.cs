using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>
/// Spends the token that comes with a call before anything else is looked at: a token for another call, or beside wrong
/// arguments, cannot be tried a second time.
/// </summary>
internal sealed class ConsentTokenStep(ConsentTokens tokens) : ICallStep
{
    public Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (call.ConfirmToken is not { } token)
        {
            return next(call, cancellationToken);
        }

        var redeemed = tokens.Redeem(token, call);
        return redeemed.Problem is { } problem
            ? Task.FromResult<Outcome>(new Outcome.Refused(
                "confirmation", $"{problem} Nothing was sent. Call {call.Operation.Name} again without confirm_token for a new preview."))
            : next(call with { ShownState = redeemed.Fingerprint }, cancellationToken);
    }
}
