using System.Globalization;
using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Limits;

/// <summary>Holds callers to the calls a minute that their roles give them. Looks that the gateway makes by itself do not count.</summary>
/// <param name="roles">Where the limits stand.</param>
/// <param name="counter">Where they are counted.</param>
internal sealed class RateStep(RoleBook roles, IRateCounter counter) : ICallStep
{
    public async Task<Outcome> InvokeAsync(Call call, CallNext next, CancellationToken cancellationToken)
    {
        if (call.Tool is "preview" or "policy")
        {
            return await next(call, cancellationToken);
        }

        var rights = roles.Of(Audience.Of(call.Caller));
        var wait = await WaitAsync(call, "calls", rights.CallsPerMinute, cancellationToken)
            ?? (call.Operation.Changes ? await WaitAsync(call, "writes", rights.WritesPerMinute, cancellationToken) : null);
        return wait is null
            ? await next(call, cancellationToken)
            : new Outcome.Refused("limits", $"{call.Caller.Name} has used up the calls of its role for now. Nothing was sent. {wait}");
    }

    private async ValueTask<string?> WaitAsync(Call call, string what, int? perMinute, CancellationToken cancellationToken) => perMinute switch
    {
        null => null,
        0 => "The role may make none.",
        { } most => await counter.TakeAsync($"{what} {call.Caller.Name}", most, cancellationToken) is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(seconds):0} s.")
            : null,
    };
}
