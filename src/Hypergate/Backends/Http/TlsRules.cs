using System.Net.Security;

namespace Hypergate.Backends.Http;

/// <summary>How a backend proves that it is itself (rule R-TLS): pinned fingerprint, else own CA file, else the system's store.</summary>
internal sealed class TlsRules
{
    private readonly Lazy<CertificateBundle?> _own;
    private readonly Lazy<CertificateBundle?> _extra;

    /// <summary>Reads no file: that happens at the first handshake, or with <see cref="Problem"/>.</summary>
    public TlsRules()
    {
        _own = new(() => CaFile is null ? null : CertificateBundle.Read(CaFile));
        _extra = new(() => ExtraCaFile is null ? null : CertificateBundle.Read(ExtraCaFile));
    }

    /// <summary>The system's store alone.</summary>
    public static TlsRules Default { get; } = new();

    /// <summary>A PEM file whose roots are trusted instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>A PEM file whose roots are trusted beside the system's: <c>NODE_EXTRA_CA_CERTS</c>. Unreadable, it is left out.</summary>
    public string? ExtraCaFile { get; init; }

    /// <summary>When set, this certificate and no other; name, date and issuer no longer matter.</summary>
    public CertificatePin? Pin { get; init; }

    /// <summary>Accepts whatever the server shows, unless there is a pin.</summary>
    public bool DangerouslySkipVerification { get; init; }

    internal CertificateBundle? Own => _own.Value;

    internal CertificateBundle? Extra => _extra.Value;

    /// <summary>Reads the files and says what an operator must mend before the first request; null where all is well.</summary>
    public string? Problem() => Own?.Problem;

    /// <summary>What an operator should know: a part that is left out, or that verification is off. Reads the files.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. DangerouslySkipVerification && Pin is null
            ? ["TLS verification is off: anybody on the way can read the credential and change the answers."]
            : Array.Empty<string>(),
        .. Extra?.Problem is { } problem ? [$"{problem} (NODE_EXTRA_CA_CERTS) It is ignored."] : Array.Empty<string>(),
    ];

    /// <summary>Options for connections to one host. A proxy on the way has to pass the system's check, whatever the rules.</summary>
    public SslClientAuthenticationOptions OptionsFor(string host) => new()
    {
        CertificateChainPolicy = CertificateCheck.Policy(),
        RemoteCertificateValidationCallback = new CertificateCheck(this, host).Accepts,
    };
}
