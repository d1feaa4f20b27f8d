using Hypergate.Host.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Mcp.Http;

/// <summary>A bare Kestrel: limits from the settings, no configuration from elsewhere, no hand on the signals of the process.</summary>
internal static class HttpHost
{
    /// <summary>Bytes a second that whoever asks must take in of the answers, lest the connection ends.</summary>
    private const double SlowestReader = 64 * 1024;
    private static readonly TimeSpan ReadersGrace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <returns>The running host, and the address at which it listens.</returns>
    /// <exception cref="IOException">The address is in use, or not of this machine.</exception>
    public static async Task<(WebApplication Host, Uri Address)> StartAsync(
        ListenAddress listen, HttpSettings settings, RequestDelegate handle, (ILoggerFactory Loggers, TimeProvider Time) with, CancellationToken cancellationToken)
    {
        var certificate = settings.Tls.Certificate is null ? null : new LiveCertificate(settings.Tls, with.Loggers.CreateLogger<LiveCertificate>(), with.Time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(with.Loggers);
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytes + RequestBody.Room;
            kestrel.Limits.MaxRequestHeadersTotalSize = settings.Limits.HeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;

            // Only what waits to be read counts: a stream of events may be silent for long.
            kestrel.Limits.MinResponseDataRate = new(SlowestReader, ReadersGrace);
            kestrel.Listen(listen.Address, listen.Port, endpoint =>
            {
                if (certificate is not null)
                {
                    endpoint.UseHttps(https =>
                    {
                        https.ServerCertificate = certificate.Current().TargetCertificate;
                        https.OnAuthenticate = (_, tls) => tls.ServerCertificateContext = certificate.Current();
                    });
                }
            });
        });
        var host = builder.Build();
        host.Run(http =>
        {
            http.Request.Body = new RequestBody(http.Request.Body, http.Request.ContentLength, settings.Limits.BodyBytes);
            return handle(http);
        });
        await host.StartAsync(cancellationToken);
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return (host, new Uri(new Uri(address), "/mcp"));
    }

    /// <summary>Starts and stops when it is told to, not when the process is interrupted.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
