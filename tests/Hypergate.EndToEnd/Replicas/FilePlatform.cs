using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.EndToEnd.Replicas;

/// <summary>A platform that gives one large file, other bytes each time as an export would, and takes files.</summary>
internal sealed class FilePlatform : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<byte[]> _given = new();
    private readonly ConcurrentQueue<byte[]> _taken = new();

    private FilePlatform(WebApplication host) => _host = host;

    public string Address => _host.Urls.First();

    /// <summary>What it has given, each time.</summary>
    public IReadOnlyList<byte[]> Given => [.. _given];

    /// <summary>What it was sent.</summary>
    public IReadOnlyList<byte[]> Taken => [.. _taken];

    /// <summary>Its description as a DADL file.</summary>
    public static string Description => """
        spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
        backend:
          name: shelf
          type: rest
          description: Files
          auth: { type: bearer, credential: none }
          tools:
            export: { method: GET, path: /export, access: read, description: Gives an export, response: { binary: true } }
            import: { method: POST, path: /import, access: write, description: Takes a file, content_type: multipart/form-data, params: { doc: { type: file_url, in: body, required: true } } }
        """;

    public static async Task<FilePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var platform = new FilePlatform(builder.Build());
        platform._host.MapGet("/export", platform.GiveAsync);
        platform._host.MapPost("/import", platform.TakeAsync);
        await platform._host.StartAsync(TestContext.Current.CancellationToken);
        return platform;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task GiveAsync(HttpContext http)
    {
        var bytes = RandomNumberGenerator.GetBytes((3 * 1024 * 1024) + 17);
        _given.Enqueue(bytes);
        (http.Response.ContentType, http.Response.ContentLength) = ("application/zip", bytes.Length);
        http.Response.Headers.ContentDisposition = "attachment; filename=\"export.zip\"";
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private async Task TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var bytes = new MemoryStream();
        await form.Files["doc"]!.CopyToAsync(bytes, http.RequestAborted);
        _taken.Enqueue(bytes.ToArray());
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"ok":true}""", http.RequestAborted);
    }
}
