using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hypergate.Simulator.Server;

/// <summary>A bare Kestrel: no logging, no configuration from outside, no hand on the signals of the process. Ends at once.</summary>
internal sealed class BareHost : IAsyncDisposable
{
    private readonly WebApplication _host;

    private BareHost(WebApplication host, Uri url) => (_host, Url) = (host, url);

    /// <summary>The address of its socket.</summary>
    public Uri Url { get; }

    /// <param name="https">Whether any socket speaks TLS.</param>
    /// <param name="configure">Sockets and limits.</param>
    /// <param name="handle">Answers every request.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<BareHost> StartAsync(bool https, Action<KestrelServerOptions> configure, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore();
        if (https)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            configure(kestrel);
        });
        var host = builder.Build();
        host.Run(handle);
        await host.StartAsync(cancellationToken);
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new BareHost(host, new UriBuilder(address) { Scheme = https ? "https" : "http" }.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        await _host.DisposeAsync();
    }

    /// <summary>Starts and stops when it is told to, not when the process is interrupted.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
