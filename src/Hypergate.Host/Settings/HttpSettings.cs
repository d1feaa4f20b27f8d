using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>How <c>hypergate serve</c> listens.</summary>
internal sealed record HttpSettings
{
    [Setting("Address and port. Beyond this machine only with authentication and TLS.", Example = "127.0.0.1:8420")]
    public string Listen { get; init; } = "127.0.0.1:8420";

    [Setting("Names by which clients reach the gateway, as they stand in the Host header; with a port, only that port. The names of this machine itself (localhost, 127.0.0.1, [::1]) always hold. Nobody else is answered.",
        Example = "[gateway.example.com]")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    [Setting("Web pages that may call the gateway from a browser, as scheme://host[:port]. An empty list allows none.", Example = "[\"https://console.example.com\"]")]
    public IReadOnlyList<string> Origins { get; init; } = [];

    [Setting("Networks or addresses of proxies before the gateway. What they say in X-Forwarded-For is where a request comes from; from anybody else it counts for nothing. Without it, all who come through a proxy have "
        + "its address: refused credentials of one keep out all, and keys for some networks do not fit.", Example = "[10.1.0.0/16]")]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    [Setting("The certificate, where the gateway itself speaks TLS.")]
    public HttpTlsSettings Tls { get; init; } = new();

    [Setting("Whether /mcp/KEY is an address too, for clients that cannot send headers. Keys in addresses end in logs and histories.")]
    public bool KeyInPath { get; init; }

    [Setting("How long it goes on answering after it was told to end, while /healthz/ready says no, so that whoever deals requests out leaves it out first. Not waited for where nobody has asked /healthz/ready in the last minute.",
        Minimum = 0, Maximum = 15)]
    public int DrainSeconds { get; init; } = 2;

    [Setting("What one client may cost.")]
    public HttpLimitSettings Limits { get; init; } = new();
}

/// <summary>The gateway's own certificate.</summary>
internal sealed record HttpTlsSettings
{
    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("A PEM file with the certificate and those that lead to its authority. Relative paths start at the settings file.", Example = "/etc/hypergate/tls.pem")]
    public string? Certificate { get; init; }

    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("A PEM file with its private key, readable by this user alone.", Example = "/etc/hypergate/tls.key")]
    public string? Key { get; init; }
}

/// <summary>Limits of what comes in over HTTP.</summary>
internal sealed record HttpLimitSettings
{
    [Setting("The longest request body, in bytes.", Minimum = 1024, Maximum = 67108864)]
    public int BodyBytes { get; init; } = 4 * 1024 * 1024;

    [Setting("All headers of a request together, in bytes.", Minimum = 1024, Maximum = 1048576)]
    public int HeaderBytes { get; init; } = 32 * 1024;

    [Setting("How many sessions there are at most; the one idle for longest goes first.", Minimum = 1, Maximum = 1000000)]
    public int Sessions { get; init; } = 10_000;

    [Setting("How many of them one caller may have; the one idle for longest goes first, and no other caller's.", Minimum = 1, Maximum = 1000000)]
    public int SessionsPerCaller { get; init; } = 1_000;

    [Setting("How long a session may be idle, in minutes.", Minimum = 1, Maximum = 10080)]
    public int SessionIdleMinutes { get; init; } = 120;

    [Setting("How many requests a caller may have open at once, streams included.", Minimum = 1, Maximum = 100000)]
    public int OpenRequests { get; init; } = 256;

    [Setting("Requests a second for each caller, on average; twice as many at once.", Minimum = 1, Maximum = 1000000)]
    public int RequestsPerSecond { get; init; } = 500;

    [Setting("Requests a second that are refused at the door, for want of a credential or with a wrong one, for each client address; three times as many at once.", Minimum = 1, Maximum = 1000000)]
    public int RefusalsPerSecond { get; init; } = 10;

    [Setting("How many wrong keys and tokens a client address may send within wrongCredentialSeconds. The last of them closes the door for as long, for right ones too. An IPv6 address stands for its /64.",
        Minimum = 1, Maximum = 1000000)]
    public int WrongCredentials { get; init; } = 20;

    [Setting("Within how many seconds they are counted, and for how long nothing more is looked at.", Minimum = 1, Maximum = 86400)]
    public int WrongCredentialSeconds { get; init; } = 60;
}
