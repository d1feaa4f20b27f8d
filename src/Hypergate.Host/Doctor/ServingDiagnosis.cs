using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Doctor;

/// <summary>What <c>hypergate serve</c> needs beside its platforms: an address where it may listen, and its own certificate.</summary>
internal static class ServingDiagnosis
{
    private const string Area = "serving";
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Nothing where only this machine reaches it, or nothing is missing for others.</summary>
    /// <param name="http">How it is served.</param>
    /// <param name="authenticated">Whether nobody comes in without a credential; throws where that cannot be used.</param>
    public static IEnumerable<Diagnosis> Binding(HttpSettings http, Func<bool> authenticated)
    {
        string? problem = null;
        try
        {
            var isAuthenticated = authenticated();
            if (ListenAddress.TryRead(http.Listen) is { } listen)
            {
                BindingRules.Check(listen, http, isAuthenticated, new ServeWish(null, AllowNoAuthentication: false, AllowNoTls: false));
            }
        }
        catch (SettingsException exception)
        {
            problem = exception.Message;
        }

        return problem is null ? [] : [Diagnosis.Warn(Area, $"{problem}.", "With these settings alone 'hypergate serve' does not start.")];
    }

    /// <summary>Nothing where no certificate is set: then a proxy has it, or nobody listens beyond this machine.</summary>
    public static IEnumerable<Diagnosis> Certificate(HttpSettings http, DateTimeOffset now)
    {
        if (http.Tls.Certificate is null)
        {
            yield break;
        }

        var (certificate, problem) = Read(http.Tls);
        using (certificate)
        {
            if (certificate is null)
            {
                yield return Diagnosis.Wrong(Area, problem!, "Put both files there as PEM, readable for this user, the key for nobody else; 'hypergate serve' does not start without.");
                yield break;
            }

            yield return Life(certificate.Own, now);
            foreach (var host in http.Hosts.Where(host => !certificate.Own.MatchesHostname(new HostString(host).Host)))
            {
                yield return Diagnosis.Warn(Area, $"The certificate of http.tls is not for {host}, which http.hosts names.", "Clients that reach the gateway by that name will not trust it; get a certificate for all names.");
            }
        }
    }

    private static (ServerCertificate? Certificate, string? Problem) Read(HttpTlsSettings tls)
    {
        try
        {
            return (ServerCertificate.Read(tls), null);
        }
        catch (SettingsException exception)
        {
            return (null, exception.Message);
        }
    }

    private static Diagnosis Life(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (begin, end) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        var day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return begin > now ? Diagnosis.Wrong(Area, $"The certificate of http.tls is good only from {begin.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC on.", "Check the clock of this machine; if it is right, no client trusts the certificate yet.")
            : end <= now ? Diagnosis.Wrong(Area, $"The certificate of http.tls ended on {day}.", "Renew it; no client trusts it. A gateway that runs takes the new one from the same files.")
            : end - now < Soon ? Diagnosis.Warn(Area, $"The certificate of http.tls ends on {day}.", "Renew it. A gateway that runs takes the new one from the same files.")
            : Diagnosis.Fine(Area, $"The certificate of http.tls is good until {day}.");
    }
}
