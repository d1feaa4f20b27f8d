using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>What the rules of a caller say to a call.</summary>
/// <param name="Verdict">Yes, no, or that it depends on what is not known yet.</param>
/// <param name="Rule">The rule that decided; what was missing where none did.</param>
/// <param name="Confirm">Who must agree by these rules; null where they do not say.</param>
internal sealed record Decision(Verdict Verdict, string Rule, ConsentRule? Confirm = null)
{
    public bool IsAllowed => Verdict == Verdict.Allow;
}

/// <summary>How far a call is permitted.</summary>
internal enum Verdict
{
    Deny,

    /// <summary>Conditions decide that need the call's arguments and objects.</summary>
    Depends,
    Allow,
}
