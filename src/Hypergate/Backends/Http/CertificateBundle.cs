using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Backends.Http;

/// <summary>The certificates of a PEM file; or why there are none.</summary>
internal sealed class CertificateBundle
{
    private CertificateBundle(X509Certificate2Collection certificates, string? problem) =>
        (Certificates, Problem) = (certificates, problem);

    /// <summary>Roots and intermediates together.</summary>
    public X509Certificate2Collection Certificates { get; }

    /// <summary>What was wrong with the file, in a sentence naming it; null where it was read.</summary>
    public string? Problem { get; }

    public static CertificateBundle Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new([], $"The file of CA certificates '{path}' cannot be read: {exception.Message}");
        }

        return new(certificates, certificates.Count > 0 ? null : $"The file of CA certificates '{path}' holds no PEM certificate.");
    }

    /// <summary>Builds the chain of a certificate up to a root of this bundle; empty where that succeeds.</summary>
    public X509ChainStatus[] StatusOf(X509Certificate2 leaf, X509Certificate2Collection sentAlong)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = CertificateCheck.Policy();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Certificates);
        chain.ChainPolicy.ExtraStore.AddRange(Certificates);
        chain.ChainPolicy.ExtraStore.AddRange(sentAlong);
        return chain.Build(leaf) ? [] : chain.ChainStatus;
    }
}
