using Hypergate.Schemas;

namespace Hypergate.Governance;

/// <summary>Consent for the two classes in which an operator may choose.</summary>
public sealed record ConfirmationSettings
{
    [Setting("Operations that only look.")]
    public Confirmation Read { get; init; } = Confirmation.None;

    [Setting("Operations that change something and can be undone.")]
    public Confirmation Write { get; init; } = Confirmation.Confirm;

    /// <summary>Patterns as <see cref="Backends.OperationPattern"/> reads them.</summary>
    [Setting("Operations of the class write that run without consent although write asks for it, by name or pattern.",
        Example = "[PutVmTag, \"*.Put*Tag\", StartVm]")]
    public IReadOnlyList<string> Unconfirmed { get; init; } = [];
}
