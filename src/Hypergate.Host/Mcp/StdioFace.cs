using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;

namespace Hypergate.Host.Mcp;

/// <summary>What the one caller at the other end of standard input and output is shown.</summary>
internal static class StdioFace
{
    public static McpFace Of(Gateway gateway, Caller caller, DirectAnswers answers, TimeProvider time)
    {
        var audience = Audience.Of(caller);
        var tools = gateway.Lists.For(audience);
        var news = new ListNews(new ListChanges(tools), time);
        var content = McpContent.Of(() => gateway, audience, tools, news);
        var options = new McpOptions(content, new TaskExtension(caller, null, time), caller, answers, time).Build();
        new ProtocolFloor(gateway.MinimumProtocolVersion).Guard(options);
        return new McpFace(options, news, tools);
    }
}
