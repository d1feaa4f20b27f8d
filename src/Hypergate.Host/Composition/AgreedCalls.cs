using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Confirmation;
using Hypergate.Model;

namespace Hypergate.Host.Composition;

/// <summary>Calls that wait while somebody agrees to them: whom each needs, and whether its caller may still make it.</summary>
/// <param name="policy">Who has to agree to what.</param>
/// <param name="accessOf">The class of a call, which its arguments may have raised.</param>
/// <param name="authorization">The step of the road that decides.</param>
internal sealed class AgreedCalls(PolicySettings policy, Func<Call, Access> accessOf, AuthorizationStep authorization)
{
    private readonly ConsentPolicy _consent = new(policy);

    /// <summary>Who must agree to a call that was authorized.</summary>
    public ConsentRule ConsentOf(Call call) => call.Operation.Changes ? _consent.LevelOf(call, accessOf(call)) : ConsentRule.None;

    /// <summary>Why its caller may not make a call to which somebody has agreed; null where it may.</summary>
    /// <param name="call">As it would be sent.</param>
    /// <param name="agreed">Who had to agree to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Outcome?> AuthorizeAsync(Call call, ConsentRule agreed, CancellationToken cancellationToken)
    {
        var isAllowed = false;
        var outcome = await authorization.InvokeAsync(
            call,
            (allowed, _) =>
            {
                isAllowed = ConsentOf(allowed) <= agreed;
                return Task.FromResult<Outcome>(new Outcome.Refused("confirmation", $"{call.Operation.Name} needs the consent of more people than before. Nothing was sent. Call it again: that asks them."));
            },
            cancellationToken);
        return isAllowed ? null : outcome;
    }
}
