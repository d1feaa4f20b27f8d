namespace Hypergate.Schemas;

/// <summary>A fault on its way out, with what a choice between alternatives and a keeper of secrets need to know.</summary>
internal sealed record Finding(ValuePath Path, FaultKind Kind, string Rule)
{
    /// <summary>The offending value in words; null where there is none or the rule says it all.</summary>
    public string? Actual { get; init; }

    /// <summary>What might have been meant.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Where the type was wrong: the right ones.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public string Problem => (Actual is null ? Rule : $"{Rule}, but is {Actual}") + Hint;

    /// <summary>The problem without a word of the value: for places where it may be a secret.</summary>
    public string ProblemWithoutValue => Rule;
}

/// <summary>How far off a fault shows a value to be, in rising order.</summary>
internal enum FaultKind
{
    /// <summary>Of the right kind, but too long, too small, or of another pattern.</summary>
    Limit,
    Missing,
    Unknown,

    /// <summary>Not among the values listed: another alternative is meant.</summary>
    Choice,
    Type,

    /// <summary>It could not be checked to the end, so it does not pass.</summary>
    Unchecked,
}
