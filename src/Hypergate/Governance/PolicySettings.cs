using System.ComponentModel;

namespace Hypergate.Governance;

/// <summary><c>policy</c> in the settings: which changes need a person's consent.</summary>
public sealed record PolicySettings
{
    [Description("Write operations that need no consent: names or patterns, such as PutVmTag or *Tag. Admin and dangerous ones always need it.")]
    public IReadOnlyList<string> NoConsent { get; init; } = [];

    [Description("Whether dangerous operations may run by a confirm_token, where the client cannot ask its person. Default: yes.")]
    public bool DangerousByToken { get; init; } = true;
}
