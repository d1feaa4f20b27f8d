using System.Runtime.CompilerServices;
using Hypergate.Host.Mcp.Http;
using Hypergate.Tools;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>What the protocol layer shows to one audience.</summary>
/// <param name="Options">Shared by all servers of that audience.</param>
/// <param name="News">Tells them of changes.</param>
/// <param name="Tools">What can be called.</param>
internal sealed record McpFace(McpServerOptions Options, ListNews News, ToolList Tools)
{
    private readonly ConditionalWeakTable<ToolDefinition, IReadOnlyList<MarkedParameter>> _marked = [];

    /// <summary>The parameters of a tool that stand in headers as well; none where there is no such tool.</summary>
    public IReadOnlyList<MarkedParameter> MarkedParameters(string tool)
    {
        if (Tools.Find(tool) is { } definition)
        {
            return _marked.GetValue(definition, static known => MarkedParameter.Find(known.InputSchema));
        }

        return Options.ToolCollection?.TryGetPrimitive(tool, out var own) == true ? MarkedParameter.Find(own.ProtocolTool.InputSchema) : [];
    }
}
