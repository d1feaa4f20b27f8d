using System.Security.Authentication;

namespace Hypergate.Backends.Http;

/// <summary>A server's certificate did not pass; the message says which check failed. Thrown within the TLS handshake.</summary>
/// <param name="message">In words.</param>
/// <param name="fingerprint">Of the certificate; null where a pin differs or nothing can be checked.</param>
internal sealed class CertificateRefusedException(string message, string? fingerprint = null) : AuthenticationException(message)
{
    public string? Fingerprint => fingerprint;
}
