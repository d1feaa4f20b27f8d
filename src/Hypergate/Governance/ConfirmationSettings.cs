using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance;

/// <summary>Consent by class of operations; roles may ask for more, never for less.</summary>
public sealed record ConfirmationSettings
{
    [Setting("Operations that change something and can be undone: none, confirm (the caller's own person), approve (another person) or four-eyes (two others).")]
    public ConsentRule Write { get; init; } = ConsentRule.Confirm;

    [Setting("Rights, credentials and configuration of the platform.", Values = ["confirm", "approve", "four-eyes"])]
    public ConsentRule Admin { get; init; } = ConsentRule.Confirm;

    [Setting("Operations that destroy, cut power, or cannot be undone.", Values = ["confirm", "approve", "four-eyes"])]
    public ConsentRule Dangerous { get; init; } = ConsentRule.Confirm;

    /// <summary>Patterns as <see cref="Backends.OperationPattern"/> reads them.</summary>
    [Setting("Operations of the class write that run without consent although write asks for it, by name or pattern.",
        Example = "[PutVmTag, \"*.Put*Tag\", StartVm]")]
    public IReadOnlyList<string> Unconfirmed { get; init; } = [];

    [Setting("Whether dangerous operations may run by a confirm_token where the client cannot ask its person.")]
    public bool DangerousByToken { get; init; } = true;
}
