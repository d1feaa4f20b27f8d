using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Mcp.Http;

/// <summary>The gateway's own certificate, with its key, and the certificates that lead from it to its authority.</summary>
internal sealed record ServerCertificate(X509Certificate2 Own, X509Certificate2Collection Others) : IDisposable
{
    /// <exception cref="SettingsException">A file is not there, not readable, not what it should be, or they do not belong together.</exception>
    public static ServerCertificate Read(HttpTlsSettings tls)
    {
        var all = ReadAll(tls.Certificate!);
        var (key, problem) = SecretFile.Read(tls.Key!);
        if (problem is not null)
        {
            throw new SettingsException($"http.tls.key {problem}");
        }

        if (key!.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new SettingsException($"http.tls.key needs a key without a password, and {tls.Key} has one; run: openssl pkey -in {tls.Key} -out NEW, and protect NEW with chmod 600");
        }

        try
        {
            return new(X509Certificate2.CreateFromPem(all[0].ExportCertificatePem(), key), [.. all.Skip(1)]);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SettingsException($"http.tls.key: {tls.Key} does not hold the private key, as PEM, of the first certificate in {tls.Certificate}");
        }
    }

    public void Dispose()
    {
        Own.Dispose();
        foreach (var other in Others)
        {
            other.Dispose();
        }
    }

    private static X509Certificate2Collection ReadAll(string path)
    {
        if (FileProblem.OfOpening(path) is { } problem)
        {
            throw new SettingsException($"http.tls.certificate needs the file {path}, which {problem}");
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(path);
            return all.Count > 0 ? all : throw new SettingsException($"http.tls.certificate: {path} holds no certificate as PEM (-----BEGIN CERTIFICATE-----)");
        }
        catch (CryptographicException)
        {
            throw new SettingsException($"http.tls.certificate: {path} holds a certificate that cannot be read");
        }
    }
}
