namespace Hypergate.Backends.Http;

/// <summary>The words of a platform in messages about its connection.</summary>
internal sealed record PlatformWords
{
    /// <summary>What a person calls the server: <c>XO server</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The setting that holds its address: <c>XO_URL</c>.</summary>
    public required string AddressSetting { get; init; }

    public string TimeLimitSetting { get; init; } = "timeouts";

    public string CaSetting { get; init; } = "tls.ca";

    public string FingerprintSetting { get; init; } = "tls.fingerprint";
}
