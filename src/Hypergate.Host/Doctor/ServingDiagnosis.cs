using System.Globalization;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Doctor;

/// <summary>What <c>hypergate serve</c> needs beside its platforms: its own certificate.</summary>
internal static class ServingDiagnosis
{
    private const string Area = "serving";
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Nothing where no certificate is set: then a proxy has it, or nobody listens beyond this machine.</summary>
    public static IEnumerable<Diagnosis> Certificate(HttpSettings http, DateTimeOffset now)
    {
        if (http.Tls.Certificate is null)
        {
            yield break;
        }

        DateTimeOffset end = default;
        string? problem = null;
        try
        {
            using var certificate = HttpHost.ReadCertificate(http.Tls);
            end = new DateTimeOffset(certificate.NotAfter);
        }
        catch (SettingsException exception)
        {
            problem = exception.Message;
        }

        yield return problem is not null ? Diagnosis.Wrong(Area, problem, "Put both files there as PEM, readable for this user; 'hypergate serve' does not start without.") : Life(end, now);
    }

    private static Diagnosis Life(DateTimeOffset end, DateTimeOffset now)
    {
        var day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return end <= now ? Diagnosis.Wrong(Area, $"The certificate of http.tls ended on {day}.", "Renew it and restart the gateway; no client trusts it.")
            : end - now < Soon ? Diagnosis.Warn(Area, $"The certificate of http.tls ends on {day}.", "Renew it and restart the gateway.")
            : Diagnosis.Fine(Area, $"The certificate of http.tls is good until {day}.");
    }
}
