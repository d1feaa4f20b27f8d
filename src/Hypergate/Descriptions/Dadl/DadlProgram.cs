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
    public bool IsJq => Rule == DadlRules.Transform;
}
