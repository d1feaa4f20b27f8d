using Hypergate.Model;

namespace Hypergate.Governance.Limits;

/// <summary>Holds callers to what they may use up. Looks that the gateway makes by itself do not count.</summary>
internal sealed class RateStep(CallerLimits limits) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (call.Tool is "preview" or "policy")
        {
            return await next(call, cancellationToken);
        }

        if (await limits.TakeAsync(call, cancellationToken) is { } wait)
        {
            return new Outcome.Refused("limits", $"{call.Caller.Name} has used up its calls for now. Nothing was sent. {wait}");
        }

        var outcome = await next(call, cancellationToken);
        await limits.ChargeAsync(call, outcome, cancellationToken);
        return outcome;
    }
}
