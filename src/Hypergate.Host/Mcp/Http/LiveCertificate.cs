using System.Net.Security;
using Hypergate.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// The gateway's own certificate as it lies in its files: one that was renewed is sent to whoever connects from then on, without a restart. Files that do not belong together,
/// as half-way through a renewal, change nothing.
/// </summary>
internal sealed partial class LiveCertificate
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    // Guards the look at the files: clients connect on many threads.
    private readonly Lock _lock = new();
    private readonly HttpTlsSettings _tls;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private SslStreamCertificateContext _current;
    private (DateTime Certificate, DateTime Key) _stamp;
    private string? _lastProblem;
    private long _lookedAt;

    /// <exception cref="SettingsException">The files cannot be used.</exception>
    public LiveCertificate(HttpTlsSettings tls, ILogger log, TimeProvider time)
    {
        (_tls, _log, _time) = (tls, log, time);
        _stamp = Stamp();
        _current = Read();
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>What is sent now. Looks at the files every five seconds at most.</summary>
    public SslStreamCertificateContext Current()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= Glance)
        {
            lock (_lock)
            {
                Volatile.Write(ref _lookedAt, _time.GetTimestamp());
                Look();
            }
        }

        return Volatile.Read(ref _current);
    }

    private void Look()
    {
        var stamp = Stamp();
        if (stamp == _stamp)
        {
            return;
        }

        try
        {
            Volatile.Write(ref _current, Read());
            (_stamp, _lastProblem) = (stamp, null);
            Renewed(_log, _current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (SettingsException exception)
        {
            if (exception.Message != _lastProblem)
            {
                NotRenewed(_log, exception.Message);
            }

            _lastProblem = exception.Message;
        }
    }

    private SslStreamCertificateContext Read()
    {
        var read = ServerCertificate.Read(_tls);
        return SslStreamCertificateContext.Create(read.Own, read.Others, offline: true);
    }

    private (DateTime Certificate, DateTime Key) Stamp() => (File.GetLastWriteTimeUtc(_tls.Certificate!), File.GetLastWriteTimeUtc(_tls.Key!));

    [LoggerMessage(1, LogLevel.Warning, "The certificate of http.tls was renewed; it is good until {End:yyyy-MM-dd} now.")]
    private static partial void Renewed(ILogger logger, DateTime end);

    [LoggerMessage(2, LogLevel.Error, "The certificate of http.tls has changed but cannot be used; the earlier one stays. {Problem}")]
    private static partial void NotRenewed(ILogger logger, string problem);
}
