namespace Hypergate.Governance.Audit;

/// <summary>What the verification of an audit log found.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="LastHash">
/// The hash of the last one. Kept elsewhere together with the count, it shows whether somebody computed the whole chain anew.
/// </param>
/// <param name="Problems">Every place that was changed.</param>
/// <param name="Remarks">What a crash left behind, which is no change.</param>
public sealed record AuditReport(
    long Records, string LastHash, IReadOnlyList<AuditProblem> Problems, IReadOnlyList<string> Remarks)
{
    /// <summary>Whether nothing was changed, removed, moved or inserted.</summary>
    public bool IsIntact => Problems.Count == 0;
}

/// <summary>A place where the log is not as it was written.</summary>
/// <param name="File">The path of the file, or the table.</param>
/// <param name="Line">The line, counted from 1, or the number of the record; 0 where it is about the whole.</param>
/// <param name="Text">What is wrong.</param>
public sealed record AuditProblem(string File, long Line, string Text)
{
    public override string ToString() => Line == 0 ? $"{File}: {Text}" : $"{File}:{Line}: {Text}";
}
