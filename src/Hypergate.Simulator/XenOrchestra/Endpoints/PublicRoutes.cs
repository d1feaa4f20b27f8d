using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>What the server tells everybody.</summary>
internal sealed class PublicRoutes(TimeProvider time, JsonObject document)
{
    private readonly Lazy<ReadOnlyMemory<byte>> _description = new(() => Write(document));

    public Task PingAsync(HttpContext http) => Answer.JsonAsync(http, 200, new JsonObject
    {
        ["result"] = "pong",
        ["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
    });

    public static Task GuiRoutesAsync(HttpContext http) =>
        Answer.JsonAsync(http, 200, new JsonObject { ["xo5"] = "/v5", ["xo6"] = "/v6" });

    public static Task McpStatusAsync(HttpContext http) => Answer.JsonAsync(http, 200, new JsonObject { ["enabled"] = true });

    public Task DescriptionAsync(HttpContext http)
    {
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(_description.Value.Span))[..16]}\"";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch == tag
            ? Answer.JsonAsync(http, 304, null)
            : Answer.JsonAsync(http, _description.Value);
    }

    private static ReadOnlyMemory<byte> Write(JsonObject document)
    {
        var bytes = new ArrayBufferWriter<byte>(1_500_000);
        using (var json = new Utf8JsonWriter(bytes, Answer.Indented))
        {
            document.WriteTo(json);
        }

        return bytes.WrittenMemory;
    }
}
