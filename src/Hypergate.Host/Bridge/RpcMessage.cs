using System.Buffers;
using System.Text.Json;
using Hypergate.Host.Mcp;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Bridge;

/// <summary>One message of JSON-RPC as it came; only as much of it is looked at as says where it belongs.</summary>
/// <param name="Line">Its bytes, without a line break.</param>
/// <param name="Root">The same, read; an object.</param>
internal sealed record RpcMessage(ReadOnlyMemory<byte> Line, JsonElement Root)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    /// <summary>Null for an answer.</summary>
    public string? Method => Root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String ? method.GetString() : null;

    /// <summary>As JSON; null where it has none.</summary>
    public string? Id => Root.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.GetRawText() : null;

    public bool IsRequest => Method is not null && Id is not null;

    /// <summary>The answer to a request with this id.</summary>
    public bool Answers(string id) => Method is null && Id == id;

    /// <summary>The revision that a request of 2026-07-28 or later names in itself; null for those of sessions.</summary>
    public string? Revision => Meta is { } meta && meta.TryGetProperty(MetaKeys.ProtocolVersion, out var revision) && revision.ValueKind == JsonValueKind.String ? revision.GetString() : null;

    public JsonElement? Meta => Parameter("_meta") is { ValueKind: JsonValueKind.Object } meta ? meta : null;

    /// <summary>What was agreed, in the answer to <c>initialize</c>, or any other member of a result.</summary>
    public JsonElement? InResult(string name) =>
        Root.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out var value) ? value : null;

    public JsonElement? Parameter(string name) =>
        Root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The code of an error; null for everything else.</summary>
    public int? ErrorCode => Root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : null;

    /// <summary>Null for what is no JSON object, or holds half a character. What stretches over lines is written on one.</summary>
    public static RpcMessage? TryRead(ReadOnlyMemory<byte> text)
    {
        try
        {
            var root = JsonElement.Parse(text.Span, Deep);
            return root.ValueKind != JsonValueKind.Object || !EscapedText.IsWhole(text.Span) ? null : text.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? new(text, root) : Write(root.WriteTo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A message of the bridge's own.</summary>
    public static RpcMessage Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new(buffer.WrittenMemory, JsonElement.Parse(buffer.WrittenSpan, Deep));
    }

    public static RpcMessage Request(string id, string method, Action<Utf8JsonWriter> parameters) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteString("id", id);
        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        parameters(writer);
        writer.WriteEndObject();
    });

    /// <param name="id">As JSON; null where it is not known.</param>
    public static RpcMessage Error(string? id, int code, string message) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        WriteId(writer, id);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static RpcMessage Notification(string method, string? subscription = null) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteString("method", method);
        if (subscription is not null)
        {
            writer.WriteStartObject("params");
            writer.WriteStartObject("_meta");
            writer.WritePropertyName("io.modelcontextprotocol/subscriptionId");
            writer.WriteRawValue(subscription);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>The same message under another id: a server that could not read ours answers without.</summary>
    public RpcMessage WithId(string id) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in Root.EnumerateObject())
        {
            if (property.NameEquals("id"))
            {
                continue;
            }

            property.WriteTo(writer);
        }

        WriteId(writer, id);
        writer.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter writer, string? id)
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(id ?? "null");
    }
}
