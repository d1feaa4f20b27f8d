using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>Writes answers: the order of keys is shuffled, a failure closes the connection, large bodies are compressed on request.</summary>
internal sealed class ReplyWriter(int seed)
{
    private const int WorthCompressing = 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Guards the dice.
    private readonly Lock _lock = new();
    private readonly Random _dice = new(seed);

    public Task WriteAsync(HttpContext http, Reply reply, PveFault? fault)
    {
        var body = reply.Document is null ? Encoding.UTF8.GetBytes(reply.Text) : Bytes(reply.Document);
        return WriteAsync(http, reply.Status, reply.Reason, reply.Document is null ? null : "application/json;charset=UTF-8", body, fault);
    }

    public static async Task WriteAsync(HttpContext http, int status, string reason, string? contentType, byte[] body, PveFault? fault)
    {
        var response = http.Response;
        response.StatusCode = status;
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = OneLine(reason);
        response.Headers.Server = "pve-api-daemon/3.0";
        response.Headers.CacheControl = "max-age=0";
        response.Headers.Pragma = "no-cache";
        response.Headers.Connection = status >= 400 ? "close" : Wants(http, "close") ? "close, Keep-Alive" : "Keep-Alive";
        response.ContentType = contentType;
        if (body.Length > WorthCompressing && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            body = Compressed(body);
        }

        await SendAsync(http, body, fault);
    }

    private static async Task SendAsync(HttpContext http, byte[] body, PveFault? fault)
    {
        if (fault?.Truncate == true)
        {
            body = body[..(body.Length / 2)];
        }

        // A HEAD is answered without a body, and without its length.
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        http.Response.ContentLength = body.Length;
        if (fault?.Cut == FaultCut.InsideBody)
        {
            await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
            return;
        }

        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private byte[] Bytes(JsonObject document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            lock (_lock)
            {
                Write(writer, document);
            }
        }

        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                writer.WriteStartObject();
                var shuffled = fields.ToArray();
                _dice.Shuffle(shuffled);
                foreach (var (name, value) in shuffled)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static bool Wants(HttpContext http, string token) =>
        http.Request.Headers.Connection.ToString().Contains(token, StringComparison.OrdinalIgnoreCase);

    private static string OneLine(string reason)
    {
        var line = reason.Split('\n')[0];
        return string.Concat(line.Select(static symbol => symbol is >= ' ' and <= '~' ? symbol : '?'));
    }

    private static byte[] Compressed(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stream.ToArray();
    }
}
