using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance;

/// <summary>What asks for consent before it runs. Without settings: everything that changes something.</summary>
public sealed record PolicySettings
{
    [Setting("Consent by access class. Operations of the classes admin and dangerous always ask; no setting changes that, but another person may have to agree.")]
    public ConfirmationSettings Confirmation { get; init; } = new();

    [Setting("What a name in a rule, a gate or unconfirmed that fits no operation or family is. error: the gateway does not start, and changed settings do not come into force, where the operations are known by then (from an "
        + "earlier start, or because the platform answers); where they become known later, a warning in the log and in /healthz/ready. warning: always that.")]
    public UnmatchedNames Unmatched { get; init; }

    /// <summary>Whether an operation may run only with consent.</summary>
    public bool NeedsConfirmation(Operation operation) => LevelOf(operation, operation.Access) > ConsentRule.None;

    /// <summary>Who must agree to an operation of a class, which its arguments may have raised.</summary>
    public ConsentRule LevelOf(Operation operation, Access access) => access switch
    {
        Access.Read => ConsentRule.None,
        Access.Write when Confirmation.Unconfirmed.Any(pattern => OperationPattern.Matches(pattern, operation)) => ConsentRule.None,
        Access.Write => Confirmation.Write,
        Access.Admin => AtLeastConfirm(Confirmation.Admin),
        Access.Dangerous => AtLeastConfirm(Confirmation.Dangerous),
        _ => ConsentRule.FourEyes,
    };

    private static ConsentRule AtLeastConfirm(ConsentRule rule) => rule < ConsentRule.Confirm ? ConsentRule.Confirm : rule;
}
