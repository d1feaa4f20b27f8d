using System.Net;
using Hypergate.Simulator.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>What a Xen Orchestra listens with, on 127.0.0.1.</summary>
internal static class SimulatorHost
{
    private const long MostBodyBytes = 64L * 1024 * 1024;

    // What Node takes: long filters are legal.
    private const int LongestRequestLine = 16 * 1024;

    public static Task<BareHost> StartAsync(SimulatorOptions options, DateTimeOffset now, RequestDelegate handle, CancellationToken cancellationToken) => BareHost.StartAsync(
        options.Tls != SimulatorTls.Off,
        kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Listen(IPAddress.Loopback, options.XoPort, listen =>
            {
                if (options.Tls != SimulatorTls.Off)
                {
                    listen.UseHttps(Certificates.Make(options.Tls, now));
                }
            });
        },
        handle,
        cancellationToken);
}
