using ModelContextProtocol;

namespace Hypergate.Host.Mcp.Resources;

/// <summary>There is no such resource, or not for this caller. The address travels in <c>data.uri</c>.</summary>
internal sealed class ResourceNotFoundException : McpProtocolException
{
    public ResourceNotFoundException(string address)
        : base($"There is no resource {address}.", McpErrorCode.InvalidParams) => Data["uri"] = address;
}
