using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance;

/// <summary>What asks for consent before it runs. Without settings: everything that changes something.</summary>
public sealed record PolicySettings
{
    [Setting("Consent by access class. Operations of the classes admin and dangerous always ask; no setting changes that.")]
    public ConfirmationSettings Confirmation { get; init; } = new();

    /// <summary>Whether an operation may run only with consent.</summary>
    public bool NeedsConfirmation(Operation operation) => operation.Access switch
    {
        Access.Read => false,
        Access.Write => Confirmation.Write == ConsentRule.Confirm
            && !Confirmation.Unconfirmed.Any(pattern => OperationPattern.Matches(pattern, operation)),
        _ => true,
    };
}
