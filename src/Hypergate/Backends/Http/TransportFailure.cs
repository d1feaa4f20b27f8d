namespace Hypergate.Backends.Http;

/// <summary>There is no usable answer.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Text">What happened, to what, and what to check. Never holds a credential.</param>
internal sealed record TransportFailure(FailureKind Kind, string Text) : HttpResult
{
    /// <summary>Whether nothing was sent and another try may well succeed.</summary>
    public bool MayPass { get; init; }

    /// <summary>Whether the request reached the platform; null where nobody knows.</summary>
    public bool? WasSent => MayPass || Kind is FailureKind.Refused or FailureKind.Dns or FailureKind.Tls or FailureKind.ProxyRefused or FailureKind.Login ? false
        : Kind is FailureKind.Timeout or FailureKind.Reset ? null : true;

    /// <summary>The SHA-256 fingerprint of a certificate that was refused because nobody known has signed it, or for its name or time.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where an unfollowed redirect leads.</summary>
    public Uri? Location { get; init; }
}

/// <summary>Why there is no answer.</summary>
internal enum FailureKind
{
    /// <summary>No connection: nobody listens, or there is no way to the host.</summary>
    Refused,

    /// <summary>The time limit ended, while connecting, waiting or reading.</summary>
    Timeout,

    /// <summary>The host's name cannot be resolved.</summary>
    Dns,

    /// <summary>The server did not prove its identity, or does not speak TLS.</summary>
    Tls,

    /// <summary>The proxy wants another credential, or does not let us through.</summary>
    ProxyRefused,

    /// <summary>The connection ended before an answer began.</summary>
    Reset,

    /// <summary>The connection ended within the answer.</summary>
    Truncated,

    /// <summary>The answer exceeds a limit of ours, packed or unpacked.</summary>
    TooLarge,

    /// <summary>The answer is a redirect that leads elsewhere, or round in circles.</summary>
    Redirected,

    /// <summary>What answers does not speak HTTP.</summary>
    Malformed,

    /// <summary>The login that must come before was not given.</summary>
    Login,
}
