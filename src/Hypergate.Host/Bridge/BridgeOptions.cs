using Hypergate.Backends.Http;

namespace Hypergate.Host.Bridge;

/// <summary>Where the other side is and how one comes in there.</summary>
/// <param name="Http">Its address, proxy and TLS rules.</param>
/// <param name="Headers">Sent with every request; the credential is among them.</param>
internal sealed record BridgeOptions(BackendHttpOptions Http, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>How long a request waits for a server that is away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
