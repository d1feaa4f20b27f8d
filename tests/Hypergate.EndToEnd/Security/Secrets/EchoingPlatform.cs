using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>A platform that gives tokens for a client's secret, and refuses every second time with all that it was sent.</summary>
internal sealed class EchoingPlatform : IAsyncDisposable
{
    public const string Token = "1ssued-t0ken-of-the-flow-0123456789";
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<string> _came = new();
    private int _count;

    private EchoingPlatform(WebApplication host) => _host = host;

    public string Address => _host.Urls.First();

    /// <summary>All that it was sent.</summary>
    public string Came => string.Join('\n', _came);

    public static async Task<EchoingPlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var platform = new EchoingPlatform(builder.Build());
        platform._host.Run(platform.AnswerAsync);
        await platform._host.StartAsync(TestContext.Current.CancellationToken);
        return platform;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var sent = $"{http.Request.Path}{http.Request.QueryString} {string.Join(' ', http.Request.Headers.Select(static header => $"{header.Key}={header.Value}"))} {await reader.ReadToEndAsync(http.RequestAborted)}";
        _came.Enqueue(sent);
        var refuses = Interlocked.Increment(ref _count) % 2 == 1;
        http.Response.StatusCode = refuses ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            refuses ? $$"""{"error":"invalid_client","error_description":{{SecurityWorld.Quoted(sent)}},"message":{{SecurityWorld.Quoted(sent)}} }"""
            : http.Request.Path == "/token" ? $$"""{"access_token":"{{Token}}","expires_in":3600}"""
            : $$"""{"heard":{{SecurityWorld.Quoted(sent)}} }""",
            http.RequestAborted);
    }
}
