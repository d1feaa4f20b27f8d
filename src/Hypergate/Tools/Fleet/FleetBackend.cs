using Hypergate.Backends;

namespace Hypergate.Tools.Fleet;

/// <summary>A backend with what the fleet tools can do there.</summary>
internal sealed record FleetBackend(Backend Backend, FleetPlatform Platform)
{
    public string Name => Backend.Name;

    public string Title => Backend.Kind.Title;

    /// <summary>Whom the gateway is there, as far as its credential says; never the secret.</summary>
    public string Identity => Backend.Options.Credential.Holder is { Length: > 0 } holder ? holder : "a token without a name";
}
