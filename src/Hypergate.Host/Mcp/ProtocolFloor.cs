using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>The oldest revision of the protocol that is spoken: a client that begins with an older one is refused, and told which there are.</summary>
/// <param name="minimum">The revision; null for all.</param>
internal sealed class ProtocolFloor(string? minimum)
{
    /// <summary>Why a message does not begin a conversation; null where it may, or begins none.</summary>
    public UnsupportedProtocolVersionException? Refusal(JsonRpcMessage message) => minimum is not null && message is JsonRpcRequest { Method: RequestMethods.Initialize } initialize ? Refusal(initialize) : null;

    /// <summary>Refuses on the way in; nothing where all revisions are spoken.</summary>
    public void Guard(McpServerOptions options)
    {
        if (minimum is not null)
        {
            options.Filters.Message.IncomingFilters.Add(next => (context, cancellationToken) => Refusal(context.JsonRpcMessage) is { } refusal ? throw refusal : next(context, cancellationToken));
        }
    }

    // A revision that nobody knows is answered with the newest that has sessions, so that one must be allowed as well.
    private UnsupportedProtocolVersionException? Refusal(JsonRpcRequest initialize)
    {
        var asked = Revisions.AskedBy(initialize);
        string[] spoken = [.. Revisions.Sessional.Append(Revisions.Stateless).Where(known => string.CompareOrdinal(known, minimum) >= 0)];
        return string.CompareOrdinal(asked, minimum) >= 0 && string.CompareOrdinal(Revisions.Sessional[^1], minimum) >= 0
            ? null
            : new(asked, spoken, $"The revision '{asked}' of the protocol is older than this gateway speaks (minimumProtocolVersion: {minimum}). It speaks {string.Join(", ", spoken)}. Update the client.");
    }
}
