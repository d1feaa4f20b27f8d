using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>
/// Looks once more, right before a call is sent, whether its caller may still make it: a person may have thought for long, a script may run for long, and meanwhile a key may have ended or
/// the settings have become others.
/// </summary>
/// <param name="standing">Why it may not be sent any more; null where it may.</param>
internal sealed class StandingStep(Func<Call, CancellationToken, Task<Outcome?>> standing) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken) =>
        await standing(call, cancellationToken) ?? await next(call, cancellationToken);
}
