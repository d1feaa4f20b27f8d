namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>What to say of properties that a schema does not know.</summary>
internal enum Extras
{
    /// <summary>They are errors.</summary>
    Refuse,

    /// <summary>Nothing: another part of an intersection may know them.</summary>
    Ignore,
}
