using Hypergate.Backends.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli.Setup;

/// <summary>Looks at the certificate of a new platform before any credential goes there.</summary>
internal sealed class SetupCertificate(SetupQuestions questions, Terminal terminal, SettingsSources sources, TimeProvider time)
{
    private static readonly PlatformWords Words = new() { Server = "the server", AddressSetting = "--url", FingerprintSetting = "--fingerprint", CaSetting = "--ca" };

    /// <summary>The backend with the fingerprint that the person agreed to; as it is where its certificate is known, or nothing is encrypted.</summary>
    /// <exception cref="SettingsException">Nobody agreed, or the server cannot be reached.</exception>
    public async Task<SetupBackend> KnownAsync(SetupBackend backend, CancellationToken cancellationToken)
    {
        using var http = new BackendHttp(
            new BackendHttpOptions { Address = backend.Url, Words = Words, Proxy = ProxyRules.Read(sources.Environment, null), Tls = Rules(backend) }, time);
        var result = await http.SendAsync(new HttpRequestSpec { Method = "GET", Address = new Uri(backend.Url.GetLeftPart(UriPartial.Authority) + "/") }, cancellationToken);
        if (result is not TransportFailure failure)
        {
            return backend;
        }

        if (failure is not { Kind: FailureKind.Tls, Fingerprint: { } seen } || backend.Fingerprint is not null)
        {
            throw new SettingsException(failure.Text.TrimEnd('.'));
        }

        await terminal.Error.WriteLineAsync($"{failure.Text}\n\nIts fingerprint is {seen}.\nCompare it on the server itself, for instance: openssl x509 -noout -fingerprint -sha256 -in CERTIFICATE");
        return await questions.AgreesAsync("Is it the same, and shall this certificate and no other be accepted? [y/N] ")
            ? backend with { Fingerprint = seen }
            : throw new SettingsException($"Nobody agreed to the certificate. Nothing was sent and nothing written. If the fingerprint is right: --fingerprint {seen}");
    }

    private TlsRules Rules(SetupBackend backend)
    {
        var rules = new TlsRules
        {
            CaFile = backend.Ca is { } ca ? sources.Absolute(ca, sources.WorkingFolder) : null,
            Pin = backend.Fingerprint is { } pin
                ? CertificatePin.TryRead(pin) ?? throw new SettingsException("--fingerprint must be a SHA-256 fingerprint: 32 pairs of hexadecimal digits, such as AB:CD:…")
                : null,
        };
        return rules.CaFile is not null && rules.Problem() is { } problem ? throw new SettingsException($"--ca: {problem}") : rules;
    }
}
