using Hypergate.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>Who sent a message: noted by the transport, read by the handlers.</summary>
internal static class RequestCaller
{
    private const string Key = "hypergate.caller";
    private const int LongestClient = 100;

    /// <summary>Notes the caller with a message that came in.</summary>
    public static void Note(JsonRpcMessage message, Caller caller) => MessageNote.Keep(message, Key, caller);

    /// <summary>The caller of a request, with what its client says of itself.</summary>
    public static Caller Of<T>(RequestContext<T> request, Caller alone)
    {
        var caller = Of(request.JsonRpcRequest, alone);
        return request.Server.ClientInfo is { } client ? caller with { Origin = caller.Origin with { Client = Name(client) } } : caller;
    }

    private static string Name(Implementation client) => $"{client.Name} {client.Version}" is var name && name.Length > LongestClient ? $"{name[..LongestClient]}…" : name.Trim();

    /// <summary>The caller of a message; the given one where the transport has a single caller.</summary>
    public static Caller Of(JsonRpcMessage message, Caller alone) => MessageNote.Find<Caller>(message, Key) ?? alone;
}
