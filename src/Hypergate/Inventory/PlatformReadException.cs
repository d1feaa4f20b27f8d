namespace Hypergate.Inventory;

/// <summary>A platform, or the gateway's own policy, did not let a read happen.</summary>
/// <param name="message">What happened and what to do; already clean.</param>
/// <param name="status">The HTTP status; null where there was no answer.</param>
internal sealed class PlatformReadException(string message, int? status) : Exception(message)
{
    public int? Status { get; } = status;
}
