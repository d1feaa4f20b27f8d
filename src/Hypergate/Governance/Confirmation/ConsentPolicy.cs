using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>Which changes need a person's consent, by the settings.</summary>
public sealed class ConsentPolicy(PolicySettings settings)
{
    /// <summary>Who must agree to a call: by the class that its arguments give it, never below its operation's own, by the caller's roles and by gates.</summary>
    public ConsentRule LevelOf(Call call, Access access)
    {
        var own = settings.LevelOf(call.Operation, call.Operation.Access);
        var raised = access > call.Operation.Access ? settings.LevelOf(call.Operation, access) : own;
        var strictest = raised > own ? raised : own;
        strictest = call.RoleConsent > strictest ? call.RoleConsent.Value : strictest;
        return call.GateConsent > strictest ? call.GateConsent.Value : strictest;
    }

    /// <summary>Whether a token will do for a class of access.</summary>
    public bool TakesToken(Access access) => access < Access.Dangerous || settings.Confirmation.DangerousByToken;
}
