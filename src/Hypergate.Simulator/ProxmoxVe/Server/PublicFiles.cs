using System.Globalization;
using System.Text;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Faults;
using Hypergate.Simulator.ProxmoxVe.World;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>What everybody gets without a login: the description of the API and the start page.</summary>
internal sealed class PublicFiles(Cluster cluster)
{
    public const string ApiDocPath = "/pve-docs/api-viewer/apidoc.js";
    private readonly DateTimeOffset _modified = cluster.Started.AddTicks(-(cluster.Started.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Answers a request outside <c>/api2</c>; false where it lies inside.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http, PveFault? fault)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path.StartsWith(FrontDoor.Base, StringComparison.Ordinal) || fault?.Status is not null)
        {
            return false;
        }

        if (path == "/")
        {
            await ReplyWriter.WriteAsync(http, 200, "OK", "text/html; charset=UTF-8", "<!DOCTYPE html><title>simulated Proxmox VE</title>\n"u8.ToArray(), fault);
        }
        else if (path == ApiDocPath)
        {
            await ApiDocAsync(http, fault);
        }
        else
        {
            var text = $"no such file '{path}'";
            await ReplyWriter.WriteAsync(http, 500, text, null, Encoding.UTF8.GetBytes(text + "\n"), fault);
        }

        return true;
    }

    private async Task ApiDocAsync(HttpContext http, PveFault? fault)
    {
        if (DateTimeOffset.TryParse(http.Request.Headers.IfModifiedSince, CultureInfo.InvariantCulture, out var since) && since >= _modified)
        {
            await ReplyWriter.WriteAsync(http, 304, "Not Modified", null, [], null);
            return;
        }

        http.Response.Headers.LastModified = _modified.ToString("R", CultureInfo.InvariantCulture);
        var text = cluster.Options.ApiDocFile is { } file ? await File.ReadAllBytesAsync(file, http.RequestAborted) : ApiDoc.Bytes;
        await ReplyWriter.WriteAsync(http, 200, "OK", "application/javascript", text, fault);
    }
}
