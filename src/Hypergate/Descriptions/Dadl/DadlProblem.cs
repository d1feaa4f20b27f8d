namespace Hypergate.Descriptions.Dadl;

/// <summary>Something that is wrong with a file.</summary>
/// <param name="Rule">Its id: <c>D041</c>.</param>
/// <param name="Path">Where in the document: <c>backend.tools.list_vms.params.limit.type</c>; empty for the whole.</param>
/// <param name="Line">From 1; 0 for the whole file.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">What is wrong, and the nearest right word.</param>
/// <param name="Tool">The tool or composite that it concerns alone; null where it concerns the file.</param>
public sealed record DadlProblem(string Rule, string Path, int Line, int Column, string Text, string? Tool)
{
    /// <summary>The included file in which it is, as the file names it; null for the file itself.</summary>
    public string? File { get; init; }

    /// <summary>Whether the public registry alone minds.</summary>
    public bool IsOfRegistry { get; init; }

    /// <summary>Whether it is no more than a warning, whatever its rule says.</summary>
    public bool IsMild { get; init; }
}

/// <summary>For what a file is checked.</summary>
public enum DadlProfile
{
    /// <summary>Whether it is the format.</summary>
    Format,

    /// <summary>Whether the public registry would take it.</summary>
    Registry,

    /// <summary>Whether it can be run.</summary>
    Runtime,
}

/// <summary>What a problem does to a file.</summary>
public enum DadlSeverity
{
    None,
    Warning,

    /// <summary>At run time: the tool cannot be used, or where it concerns none, the file.</summary>
    Error,

    /// <summary>The file cannot be used.</summary>
    Refusal,
}
