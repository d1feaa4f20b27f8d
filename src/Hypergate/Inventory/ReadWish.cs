using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>For whom something is read.</summary>
/// <param name="Caller">Every call to a platform is made in this name.</param>
/// <param name="Conversation">The way back while the reading lasts.</param>
/// <param name="Tool">Where the wish came in, for the audit.</param>
internal sealed record ReadWish(Caller Caller, Conversation Conversation, string Tool)
{
    /// <summary>Whether answers of a moment ago will do.</summary>
    public bool Cached { get; init; } = true;
}
