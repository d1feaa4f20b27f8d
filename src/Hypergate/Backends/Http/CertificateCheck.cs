using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Hypergate.Backends.Http;

/// <summary>Judges the certificate that a server shows. Accepts it, or throws with the reason.</summary>
internal sealed class CertificateCheck(TlsRules rules, string backendHost)
{
    private const int MaxNamesShown = 5;

    private static readonly X509ChainStatus UnknownRoot = new() { Status = X509ChainStatusFlags.UntrustedRoot };

    /// <summary>What any chain must fulfil. Downloads nothing: addresses in a certificate come from a stranger.</summary>
    public static X509ChainPolicy Policy() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        ApplicationPolicy = { new("1.3.6.1.5.5.7.3.1", "Server Authentication") },
    };

    /// <exception cref="CertificateRefusedException">Names the checks that failed.</exception>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var host = sender is SslStream stream ? stream.TargetHostName : backendHost;
        var isBackend = host.TrimEnd('.').Equals(backendHost.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
        if (certificate is not X509Certificate2 leaf)
        {
            throw new CertificateRefusedException("the server shows no certificate");
        }

        return isBackend && rules.Pin is { } pin
            ? AcceptsPinned(pin, leaf)
            : (isBackend && rules.DangerouslySkipVerification) || AcceptsVerified(host, isBackend, leaf, chain, errors);
    }

    private static bool AcceptsPinned(CertificatePin expected, X509Certificate2 leaf) => expected.Matches(leaf)
        ? true
        : throw new CertificateRefusedException(
            $"the fingerprint of its certificate differs: expected {expected}, actual {CertificatePin.Of(leaf)}");

    private bool AcceptsVerified(string host, bool isBackend, X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        var status = ChainStatus(isBackend, leaf, chain, errors);
        var problems = status.Select(one => Text(one, leaf)).Distinct(StringComparer.Ordinal).ToList();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            problems.Add($"its certificate is not for the name {host} but for {NamesOf(leaf)}");
        }

        return problems is [] ? true : throw new CertificateRefusedException(
            $"{string.Join(", and ", problems)} (SHA-256 fingerprint {CertificatePin.Of(leaf)})", CertificatePin.Of(leaf).ToString());
    }

    private X509ChainStatus[] ChainStatus(bool isBackend, X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        var sentAlong = chain?.ChainPolicy.ExtraStore ?? [];
        if (isBackend && rules.Own is { } own)
        {
            return own.Problem is { } problem ? throw new CertificateRefusedException(problem) : own.StatusOf(leaf, sentAlong);
        }

        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return [];
        }

        var system = chain?.ChainStatus is { Length: > 0 } known ? known : [UnknownRoot];
        return rules.Extra is { Problem: null } extra && extra.StatusOf(leaf, sentAlong) is [] ? [] : system;
    }

    private static string Text(X509ChainStatus one, X509Certificate2 leaf) => one.Status switch
    {
        X509ChainStatusFlags.NotTimeValid =>
            $"its certificate or one of its issuers has expired or is not yet valid (valid from {leaf.NotBefore.ToUniversalTime():u} to {leaf.NotAfter.ToUniversalTime():u}), so it must be renewed there, or the clock of this machine is wrong",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain =>
            $"the issuer of its certificate is unknown ({Shown(leaf.Issuer)})",
        _ => $"its certificate is not acceptable ({one.Status})",
    };

    private static string NamesOf(X509Certificate2 leaf)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(static names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static ip => ip.ToString())))
            .Take(MaxNamesShown)
            .ToList();
        return Shown(names is [] ? leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : string.Join(", ", names));
    }

    /// <summary>A stranger's text, bounded and without control characters.</summary>
    private static string Shown(string text) =>
        new([.. text.Take(200).Select(static character => char.IsControl(character) ? '?' : character)]);
}
