namespace Hypergate.Inventory;

/// <summary>A platform, or the gateway's own policy, did not let a read happen.</summary>
/// <param name="message">What happened and what to do; already clean.</param>
/// <param name="status">The HTTP status; null where there was no answer.</param>
internal sealed class PlatformReadException(string message, int? status) : Exception(message)
{
    public int? Status { get; } = status;

    /// <summary>Whether nothing was asked, because the read does not exist there or not for the caller.</summary>
    public bool IsNotOffered { get; init; }

    /// <summary>What does not exist and what is hidden say the same.</summary>
    public static PlatformReadException NotOffered(string path) =>
        new($"it does not offer GET {path}: another version, or a rule of this gateway.", 501) { IsNotOffered = true };
}
