using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>A bare Kestrel on 127.0.0.1 that speaks HTTP/1.1 over TLS, and sends plain HTTP to the same address with TLS.</summary>
internal static class PveHost
{
    private const int LongestRequestLine = 16 * 1024;
    private const int HeaderBytes = 64 * 1024;
    private const int MostHeaders = 500;

    /// <param name="port">0 takes a free one.</param>
    /// <param name="certificate">Asked at every handshake, so that it can be changed.</param>
    /// <param name="handle">Answers a request.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<(WebApplication Host, Uri Url)> StartAsync(
        int port, Func<X509Certificate2> certificate, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => PlainHttp.RedirectAsync(connection, next));
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate());
            });
        });
        var host = builder.Build();
        host.Run(handle);
        await host.StartAsync(cancellationToken);
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return (host, new UriBuilder(address) { Scheme = "https" }.Uri);
    }

    /// <summary>Starts and stops when it is told to, not when the process is interrupted.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
