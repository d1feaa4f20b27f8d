using Hypergate.Backends.Files;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hypergate.Host.Mcp.Http;

/// <summary><c>GET /files/ID</c>: the bytes of a file that a platform sent, for the caller for whom it was fetched and nobody else, as long as it is kept.</summary>
/// <param name="files">Where they are.</param>
internal sealed class FilesEndpoint(Func<FileShelf> files)
{
    public static bool IsAt(string path) => path.StartsWith($"{StoredFile.Root}/", StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext http, Caller caller)
    {
        if (http.Request.Method is not ("GET" or "HEAD"))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            await RpcError.Http(StatusCodes.Status405MethodNotAllowed, "Use GET.").WriteAsync(http.Response);
            return;
        }

        var sought = await files().FindAsync(FileShelf.Prefix + http.Request.Path.Value![(StoredFile.Root.Length + 1)..], caller.Name, http.RequestAborted);
        await (sought switch
        {
            { File: { } file } => SendAsync(http, file),
            { IsElsewhere: true } => ElsewhereAsync(http),
            _ => RpcError.Http(StatusCodes.Status404NotFound, "There is no such file of yours, or no longer.").WriteAsync(http.Response),
        });
    }

    private static Task ElsewhereAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return RpcError.Http(StatusCodes.Status503ServiceUnavailable, "Another replica has this file, which is too large to be shared. Ask again: the request may come to that one.").WriteAsync(http.Response);
    }

    // A browser must never take a platform's bytes for a page of the gateway.
    private static async Task SendAsync(HttpContext http, StoredFile file)
    {
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(file.Label.Name);
        var headers = http.Response.Headers;
        (headers.ContentDisposition, headers.XContentTypeOptions, headers.CacheControl) = (name.ToString(), "nosniff", "no-store");
        (http.Response.ContentType, http.Response.ContentLength) = ("application/octet-stream", file.Size);
        if (http.Request.Method == "GET")
        {
            await http.Response.SendFileAsync(file.Path, http.RequestAborted);
        }
    }
}
