using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>Which changes need a person's consent, by the settings.</summary>
public sealed class ConsentPolicy(PolicySettings settings)
{
    /// <summary>Whether a call needs it: by the class that its arguments give it, never below its operation's own.</summary>
    public bool Needs(Call call, Access access) => access > Access.Write || settings.NeedsConfirmation(call.Operation);

    /// <summary>Whether a token will do for a class of access.</summary>
    public bool TakesToken(Access access) => access < Access.Dangerous || settings.Confirmation.DangerousByToken;
}
