using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>A bare Kestrel on 127.0.0.1: no logging, no configuration from outside, no hand on the signals of the process.</summary>
internal static class SimulatorHost
{
    private const long MostBodyBytes = 64L * 1024 * 1024;

    // What Node takes: long filters are legal.
    private const int LongestRequestLine = 16 * 1024;

    /// <returns>The running host, and the address of its socket.</returns>
    public static async Task<(WebApplication Host, Uri Url)> StartAsync(
        SimulatorOptions options, DateTimeOffset now, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore();
        if (options.Tls != SimulatorTls.Off)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.XoPort, listen =>
            {
                if (options.Tls != SimulatorTls.Off)
                {
                    listen.UseHttps(Certificates.Make(options.Tls, now));
                }
            });
        });
        var host = builder.Build();
        host.Run(handle);
        await host.StartAsync(cancellationToken);
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return (host, new Uri(address));
    }

    /// <summary>Starts and stops when it is told to, not when the process is interrupted.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
