namespace Hypergate.Schemas;

/// <summary>One of several schemas, tried on a value.</summary>
internal sealed record Alternative(Findings Findings)
{
    /// <summary>How far the value is from it: a wrong type of the whole weighs most, then a wrong constant inside.</summary>
    public int Distance(ValuePath path) => Findings.List.Sum(finding => Weight(finding) * (ReferenceEquals(finding.Path, path) ? 100 : 1));

    private static int Weight(Finding finding) => finding.Kind switch
    {
        FaultKind.Type or FaultKind.Choice => 20,
        FaultKind.Unknown or FaultKind.Missing => 5,
        FaultKind.Unchecked => 1000,
        _ => 1,
    };
}
