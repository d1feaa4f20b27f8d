using System.Net;
using System.Security.Cryptography.X509Certificates;
using Hypergate.Simulator.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>What a node listens with, on 127.0.0.1: it speaks HTTP/1.1 over TLS, and sends plain HTTP to the same address with TLS.</summary>
internal static class PveHost
{
    private const int LongestRequestLine = 16 * 1024;
    private const int HeaderBytes = 64 * 1024;
    private const int MostHeaders = 500;

    /// <param name="port">0 takes a free one.</param>
    /// <param name="certificate">Asked at every handshake, so that it can be changed.</param>
    /// <param name="handle">Answers a request.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<BareHost> StartAsync(int port, Func<X509Certificate2> certificate, RequestDelegate handle, CancellationToken cancellationToken) => BareHost.StartAsync(
        https: true,
        kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => PlainHttp.RedirectAsync(connection, next));
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate());
            });
        },
        handle,
        cancellationToken);
}
