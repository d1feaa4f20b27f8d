namespace Hypergate.Tools.Fleet;

/// <summary>A fleet tool as data: the same on every platform.</summary>
/// <param name="Name">In snake_case, stable.</param>
/// <param name="Title">A few words for people.</param>
/// <param name="Description">What it tells or does, for a model.</param>
internal sealed record FleetTool(string Name, string Title, string Description)
{
    /// <summary>Its own arguments.</summary>
    public IReadOnlyList<FleetParameter> Parameters { get; init; } = [];

    /// <summary>Whether it takes <c>backend</c>.</summary>
    public bool TakesBackend { get; init; } = true;

    /// <summary>Rows where it answers with a list; 0 where it does not.</summary>
    public int Rows { get; init; }

    /// <summary>The tables that it looks at: without any of them there is nothing to tell.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>What it reads beside tables, of any platform, by path: without any of it there is nothing to tell either.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>The operations that it runs where it changes something, of any platform, by method and path; empty for a tool that looks only.</summary>
    public IReadOnlyList<(string Method, string Path)> Changes { get; init; } = [];

    public ToolHints Hints { get; init; } = ToolHints.Reading;

    /// <summary>Whether the settings have it switched on.</summary>
    public Func<FleetSettings, bool> IsOn { get; init; } = static _ => true;

    /// <exception cref="FleetException">It cannot be done.</exception>
    public required Func<FleetRequest, CancellationToken, Task<FleetAnswer>> Run { get; init; }

    /// <summary>Every argument, in the order of the schema.</summary>
    public IReadOnlyList<FleetParameter> AllParameters =>
    [
        .. Parameters,
        .. TakesBackend ? [FleetParameter.Backend] : Array.Empty<FleetParameter>(),
        .. Rows > 0 ? FleetParameter.Shape(Rows) : Changes.Count > 0 ? FleetParameter.Change : [FleetParameter.Format],
    ];
}
