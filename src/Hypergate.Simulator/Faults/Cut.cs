namespace Hypergate.Simulator.Faults;

/// <summary>Where a connection is cut.</summary>
public enum Cut
{
    None,

    /// <summary>The request is read and nothing is done.</summary>
    BeforeWork,

    /// <summary>What was asked for is done, and no byte of the answer is sent.</summary>
    BeforeAnswer,

    /// <summary>Half of the body is sent.</summary>
    InBody,
}
