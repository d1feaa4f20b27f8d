namespace Hypergate.Model;

/// <summary>Which changes of a description hold without a person who accepts them.</summary>
internal enum AcceptedChanges
{
    None,

    /// <summary>Those of operations that only look, and did before.</summary>
    Reads,
    All,
}
