namespace Hypergate.Descriptions.Dadl;

/// <summary>A program in a file: jq, or the script of a composite.</summary>
/// <param name="Rule">That it breaks where it does not compile: D050 for jq, D051 for scripts.</param>
/// <param name="Path">Where in the document.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">Its text.</param>
/// <param name="Tool">The tool or composite whose it is; null where it is every tool's.</param>
public sealed record DadlProgram(string Rule, string Path, int Line, int Column, string Code, string? Tool)
{
    /// <summary>A fault of it, where it is: at a line and column of the program where these are known.</summary>
    internal DadlProblem Fault(string text, int? line, int? column)
    {
        var start = line is { } number ? StartOf(number) : 0;
        var place = Source?.PlaceOf(Math.Min(start + (column ?? 1) - 1, Code.TrimEnd().Length)) ?? (Line, Column);
        return new(Rule, Path, place.Item1, place.Item2, text, Tool) { File = Source?.File };
    }

    private int StartOf(int line)
    {
        var start = 0;
        for (var number = 1; number < line; number++)
        {
            if (Code.IndexOf('\n', start) is not (>= 0 and var end))
            {
                return Code.TrimEnd().Length; // It ends too early.
            }

            start = end + 1;
        }

        return start;
    }

    /// <summary>The text as it stands in the file.</summary>
    internal DadlNode.Scalar? Source { get; init; }

    public bool IsJq => Rule == DadlRules.Transform;
}
