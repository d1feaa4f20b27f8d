namespace Hypergate.Backends.Http;

/// <summary>How one backend is reached.</summary>
internal sealed record BackendHttpOptions
{
    /// <summary>As configured. Requests go to its origin and nowhere else.</summary>
    public required Uri Address { get; init; }

    public required PlatformWords Words { get; init; }

    public ProxyRules Proxy { get; init; } = ProxyRules.Direct;

    public TlsRules Tls { get; init; } = TlsRules.Default;

    /// <summary>For a whole request with all its tries.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one connection, TLS included.</summary>
    public TimeSpan ConnectTimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a read that may pass is repeated.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long a connection is kept without a request; below the server's own limit, so that it is not closed under a request.</summary>
    public TimeSpan IdleTimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For one answer, after decompression.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Where a direct connection may lead; null for anywhere. A proxy on the way decides for itself.</summary>
    public Func<System.Net.IPAddress, bool>? MayReach { get; init; }

    /// <summary>What a name leads to, where <see cref="MayReach"/> is asked.</summary>
    public Func<string, CancellationToken, Task<System.Net.IPAddress[]>> Resolve { get; init; } = System.Net.Dns.GetHostAddressesAsync;

    /// <summary>Answers that a second try would not change although their status suggests it: XO's switched-off 503.</summary>
    public Func<HttpReply, bool> IsFinal { get; init; } = static _ => false;

    /// <summary>What makes the way to the backend unsafe: for the operator at the start, and for every answer about its health.</summary>
    public IReadOnlyList<string> Warnings() => Address switch
    {
        { Scheme: "https" } => Tls.Warnings(),
        { IsLoopback: true } => [],
        _ => ["The address begins with http://: anybody on the way can read the credential and change the answers."],
    };
}
