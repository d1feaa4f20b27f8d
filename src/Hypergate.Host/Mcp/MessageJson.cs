using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>How messages are written, over every transport.</summary>
internal static class MessageJson
{
    private static readonly Lazy<JsonTypeInfo<JsonRpcMessage>> Lazily =
        new(static () => (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)));

    /// <summary>What is read at all. Of a name that stands twice in one object a proxy may go by the one and we by the other, so there is none.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static JsonTypeInfo<JsonRpcMessage> Type => Lazily.Value;

    /// <summary>The message; null for <c>null</c>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonRpcMessage? Read(JsonElement root) => EscapedText.IsWhole(JsonMarshal.GetRawUtf8Value(root))
        ? root.Deserialize(Type)
        : throw new JsonException("A text in it holds half a character: one of \\uD800 to \\uDFFF without its other half.");
}
