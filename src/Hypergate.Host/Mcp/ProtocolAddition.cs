using Hypergate.Host.Mcp.Tasks;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Adds to what a served gateway offers. The product adds nothing: the conformance tests bring their fixtures through here, by an
/// assembly of their own that the runtime loads beside the program (docs/decisions/020-conformance.md).
/// </summary>
internal static class ProtocolAddition
{
    /// <summary>Null outside of those tests.</summary>
    public static Action<ProtocolParts>? Add { get; set; }
}

/// <summary>What can be added to.</summary>
internal sealed record ProtocolParts(McpServerOptions Options, ListChanges Changes, TaskExtension Tasks);
