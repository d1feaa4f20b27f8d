using Hypergate.Schemas;

namespace Hypergate.Governance;

/// <summary>Consent for the two classes in which an operator may choose.</summary>
public sealed record ConfirmationSettings
{
    [Setting("Operations that change something and can be undone.")]
    public ConsentRule Write { get; init; } = ConsentRule.Confirm;

    /// <summary>Patterns as <see cref="Backends.OperationPattern"/> reads them.</summary>
    [Setting("Operations of the class write that run without consent although write asks for it, by name or pattern.",
        Example = "[PutVmTag, \"*.Put*Tag\", StartVm]")]
    public IReadOnlyList<string> Unconfirmed { get; init; } = [];

    [Setting("Whether dangerous operations may run by a confirm_token where the client cannot ask its person.")]
    public bool DangerousByToken { get; init; } = true;
}
