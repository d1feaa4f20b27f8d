using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Governance.Audit;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Telemetry;

/// <summary>The second place for where the audit ends: a file that gets a line, or an address that gets it by POST.</summary>
/// <param name="place">As <c>audit.checkpoint</c> says: an absolute path or an address.</param>
/// <param name="sources">For the proxies and roots of the environment.</param>
/// <param name="time">For the time limit.</param>
internal sealed class CheckpointPlace(string place, SettingsSources sources, TimeProvider time)
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether a setting names an address rather than a file.</summary>
    public static bool IsAddress(string place) => place.Contains("://", StringComparison.Ordinal);

    /// <exception cref="IOException">It is not there.</exception>
    public async Task WriteAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (IsAddress(place))
        {
            await PostAsync(new Uri(place), checkpoint, cancellationToken);
            return;
        }

        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnFile;
            }

            await using var file = new FileStream(place, options);
            await file.WriteAsync(Encoding.ASCII.GetBytes($"{checkpoint.Line}\n"), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private async Task PostAsync(Uri address, AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        using var http = new BackendHttp(
            new BackendHttpOptions
            {
                Address = new Uri(address.GetLeftPart(UriPartial.Authority)),
                Words = new PlatformWords { Server = "checkpoint address", AddressSetting = "audit.checkpoint" },
                Proxy = ProxyRules.Read(sources.Environment),
                Tls = new TlsRules { ExtraCaFile = sources.Variable("NODE_EXTRA_CA_CERTS") },
                TimeLimit = TimeSpan.FromSeconds(10),
                MaxBodyBytes = 64 * 1024,
            },
            time);
        var result = await http.SendAsync(new HttpRequestSpec { Method = "POST", Address = address, Body = Encoding.ASCII.GetBytes(checkpoint.Line) }, cancellationToken);
        if (result is not HttpReply { IsSuccess: true })
        {
            throw new IOException(result is TransportFailure failure ? failure.Text : $"{address.GetLeftPart(UriPartial.Path)} answered {((HttpReply)result).Status}.");
        }
    }
}
