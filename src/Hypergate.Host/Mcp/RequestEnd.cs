using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>When a request that stays open is to end with a word: noted by the transport, read by the handlers.</summary>
internal static class RequestEnd
{
    private const string Key = "hypergate.end";

    /// <summary>Notes it with a message that came in.</summary>
    public static void Note(JsonRpcMessage message, CancellationToken end) => MessageNote.Keep(message, Key, end);

    /// <summary>Cancelled when it is to end; never where the transport has nothing to say.</summary>
    public static CancellationToken Of(JsonRpcMessage message) => MessageNote.Find<CancellationToken>(message, Key);
}
