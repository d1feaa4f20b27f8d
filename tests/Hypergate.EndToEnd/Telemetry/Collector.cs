using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hypergate.EndToEnd.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps what came: the names and texts in a message of protocol buffers stand in it as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<(string Path, string Body, string Headers)> _came = new();

    private Collector(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.First());

    /// <summary>Everything that came to a path, in one text.</summary>
    public string At(string path) => string.Concat(_came.Where(one => one.Path == path).Select(static one => one.Body));

    public string Everything => string.Concat(_came.Select(static one => one.Body));

    public IEnumerable<string> Headers => _came.Select(static one => one.Headers);

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._host.Run(collector.TakeAsync);
        await collector._host.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        _came.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray()), string.Join('\n', http.Request.Headers.Select(static header => $"{header.Key}: {header.Value}"))));
    }
}
