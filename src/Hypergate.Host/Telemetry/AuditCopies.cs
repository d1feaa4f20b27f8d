using System.Runtime.CompilerServices;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Telemetry;

/// <summary>Copies of the audit to other places. They neither hold up nor break the audit itself.</summary>
internal sealed class AuditCopies : IAsyncDisposable
{
    private readonly IReadOnlyList<AuditCopying> _all;

    private AuditCopies(IReadOnlyList<AuditCopying> all) => _all = all;

    /// <summary>Null where the settings name no place.</summary>
    public static AuditCopies? Make(GatewaySettings settings, ILogger log, TimeProvider time)
    {
        List<AuditCopying> all = [];
        if (settings.Audit.Syslog is { } syslog)
        {
            all.Add(new AuditCopying(new SyslogCopy(syslog, time), log, time));
        }

        if (settings.Audit.Otlp)
        {
            all.Add(new AuditCopying(MakeOtlp(settings.Telemetry), log, time));
        }

        return all.Count == 0 ? null : new AuditCopies(all);
    }

    /// <summary>Takes a line that was kept, with its line end. Returns at once.</summary>
    public void Take(ReadOnlyMemory<byte> line)
    {
        foreach (var copying in _all)
        {
            copying.Take(line.TrimEnd((byte)'\n'));
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_all.Select(static copying => copying.DisposeAsync().AsTask()));

    // On its own, so that the library is loaded by nobody else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpCopy MakeOtlp(TelemetrySettings settings) => new(settings);
}
