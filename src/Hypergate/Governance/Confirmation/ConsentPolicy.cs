using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>Which changes need a person's consent, by the settings.</summary>
public sealed class ConsentPolicy(PolicySettings settings)
{
    private readonly OperationPattern[] _free = [.. settings.NoConsent.Select(static entry => new OperationPattern(entry))];

    /// <summary>Everything that changes something, but for write operations that the settings free; admin and dangerous always.</summary>
    public bool Needs(Call call, Access access) =>
        access > Access.Write || !Array.Exists(_free, pattern => pattern.Allows(call.Operation));

    /// <summary>Whether a token will do for a class of access.</summary>
    public bool TakesToken(Access access) => access < Access.Dangerous || settings.DangerousByToken;
}
