namespace Hypergate.Model;

/// <summary>What a platform's description advises about showing an operation to a model.</summary>
public enum Exposure
{
    /// <summary>It says nothing.</summary>
    Unmarked,

    /// <summary>A read of bounded size.</summary>
    Allow,

    /// <summary>It changes something: ask first.</summary>
    Confirm,

    /// <summary>Off, until an operator names the operation. Unknown words count as this one.</summary>
    Deny,
}

/// <summary>What a successful answer holds.</summary>
public enum ResultShape
{
    Nothing,
    /// <summary>One object.</summary>
    One,
    List,

    /// <summary>Long series of numbers, which are summarised before anybody sees them.</summary>
    Statistics,

    /// <summary>The id of work that goes on after the answer.</summary>
    Job,
}
