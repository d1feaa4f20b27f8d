using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>What the transport notes with a message that came in, for the handlers.</summary>
internal static class MessageNote
{
    public static void Keep(JsonRpcMessage message, string key, object note)
    {
        message.Context ??= new JsonRpcMessageContext();
        message.Context.Items ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        message.Context.Items[key] = note;
    }

    /// <summary>What was noted; nothing where nothing was.</summary>
    public static T? Find<T>(JsonRpcMessage message, string key) =>
        message.Context?.Items is { } items && items.TryGetValue(key, out var noted) && noted is T note ? note : default;
}
