using Hypergate.Governance.Authorization;

namespace Hypergate.Host.Composition;

/// <summary>Other settings are in force.</summary>
/// <param name="hasLost">Whether callers may do less than before.</param>
internal sealed class GatewayReplacedEventArgs(Func<Audience, bool> hasLost) : EventArgs
{
    public Func<Audience, bool> HasLost => hasLost;
}
