namespace Hypergate.Host.Cli.Setup;

/// <summary>How much of a platform is offered, in a word.</summary>
internal static class SetupProfiles
{
    /// <summary>Nothing that changes anything.</summary>
    public const string ReadOnly = "read_only";

    /// <summary>What changes something, but for what deletes.</summary>
    public const string Operator = "operator";

    /// <summary>All of it.</summary>
    public const string Admin = "admin";

    /// <summary>The kind whose operations are chosen by tags of its own.</summary>
    public const string WithTags = "pxcloud";

    public static IReadOnlyList<string> All { get; } = [ReadOnly, Operator, Admin];
}
