using System.Security.Authentication;

namespace Hypergate.Backends.Http;

/// <summary>A server's certificate did not pass; the message says which check failed. Thrown within the TLS handshake.</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message);
