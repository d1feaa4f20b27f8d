namespace Hypergate.Backends;

/// <summary>How a backend was last seen.</summary>
/// <param name="Health">In one word.</param>
/// <param name="Problem">What is wrong and what to check; null where nothing is.</param>
internal sealed record BackendState(BackendHealth Health, string? Problem)
{
    public static BackendState Unknown { get; } = new(BackendHealth.Unknown, null);

    public static BackendState Ready { get; } = new(BackendHealth.Ready, null);
}

internal enum BackendHealth
{
    /// <summary>Not tried yet.</summary>
    Unknown,

    Ready,

    /// <summary>Out of reach, or it refuses us.</summary>
    Down,

    /// <summary>Its administrator has switched assistants off.</summary>
    Disabled,
}
