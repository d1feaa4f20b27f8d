namespace Hypergate.Model;

/// <summary>Where a call comes from, for the audit alone: nothing is ever decided by it.</summary>
public sealed record CallOrigin
{
    /// <summary>Nobody has said.</summary>
    public static CallOrigin Unknown { get; } = new();

    /// <summary>The way in: <c>domains</c>, <c>operations</c>, <c>search</c>, <c>fleet</c>, <c>query</c>, <c>code</c>, <c>utility</c>, <c>resources</c>, <c>cli</c>; empty where nobody has said.</summary>
    public string Surface { get; init; } = "";

    /// <summary>The client's address; empty where there is no network between.</summary>
    public string Address { get; init; } = "";

    /// <summary>Name and version as the client says them of itself; empty where it does not.</summary>
    public string Client { get; init; } = "";
}
