namespace Hypergate.Backends.Dadl.Export;

/// <summary>A file that was made of a backend.</summary>
/// <param name="Text">Null where no operation can be said.</param>
/// <param name="Tools">How many it has.</param>
/// <param name="LeftOut">What it does not say.</param>
internal sealed record ExportedFile(string? Text, int Tools, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>A line for all that is left out of an operation for one reason.</summary>
    public IReadOnlyList<string> Told => [.. LeftOut.OrderBy(static left => left.Kind).GroupBy(static left => (left.Operation, left.Kind, left.Reason))
        .Select(static group => string.Join(": ", new[]
        {
            group.Key.Kind == LeftOutKind.Part ? "In part" : "Left out",
            group.Key.Operation,
            string.Join(", ", group.Select(static left => left.What)),
            group.Key.Reason,
        }.Where(static word => word.Length > 0)))];

    /// <summary>All in a few words: <c>41 tools; left out: 2 operations, 3 parameters (listed at the top of the file)</c>.</summary>
    public string Summary
    {
        get
        {
            List<string> counts = [.. new[] { Count(LeftOutKind.Operation, "operation"), Count(LeftOutKind.Parameter, "parameter") }.OfType<string>()];
            List<string> parts = [.. counts.Count > 0 ? [$"left out: {string.Join(", ", counts)}"] : Array.Empty<string>(), .. Count(LeftOutKind.Part, "parameter") is { } some ? [$"in part: {some}"] : Array.Empty<string>()];
            return $"{Many(Tools, "tool")}{string.Concat(parts.Select(static part => $"; {part}"))}{(parts.Count > 0 ? " (listed at the top of the file)" : "")}";
        }
    }

    private string? Count(LeftOutKind kind, string thing) => LeftOut.Count(left => left.Kind == kind) is > 0 and var count ? Many(count, thing) : null;

    private static string Many(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
