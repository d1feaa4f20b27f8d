using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.Server;

/// <summary>What a web application on Node.js listens with, on 127.0.0.1.</summary>
internal static class WebHost
{
    private const long MostBodyBytes = 64L * 1024 * 1024;

    // What Node takes: long filters are legal.
    private const int LongestRequestLine = 16 * 1024;

    /// <param name="port">0 takes a free one.</param>
    /// <param name="certificate">Asked at every handshake, so that it can be changed; null for plain HTTP.</param>
    /// <param name="handle">Answers a request.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<BareHost> StartAsync(int port, Func<X509Certificate2>? certificate, RequestDelegate handle, CancellationToken cancellationToken) => BareHost.StartAsync(
        certificate is not null,
        kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate());
                }
            });
        },
        handle,
        cancellationToken);
}
