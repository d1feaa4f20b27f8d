using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Resources;
using Hypergate.Host.Mcp.Tasks;
using Hypergate.Model;
using Hypergate.Tools.Utility;

namespace Hypergate.Host.Mcp;

/// <summary>What the one caller at the other end of standard input and output is shown.</summary>
internal static class StdioFace
{
    public static McpFace Of(Gateway gateway, Caller caller, DirectAnswers answers, TimeProvider time)
    {
        var audience = Audience.Of(caller);
        var tools = gateway.Lists.For(audience);
        var news = new ListNews(new ListChanges(tools), time);
        var content = new McpContent
        {
            Tools = tools,
            News = news,
            Prompts = gateway.PromptsFor(audience),
            Guides = gateway.GuidesFor(audience),
            Shelf = () => new BackendShelf(gateway.Parts.Audiences.SurroundingsFor(audience)),
            Objects = () => new ObjectShelf(gateway.Parts.Audiences.InventoryFor(audience)),
            Documentation = () => tools.Find(SearchDocumentationTool.Name) is null ? null : new DocumentationShelf(gateway.Parts.Documentation),
            Instructions = gateway.InstructionsFor(audience),
            Missed = call => gateway.Parts.Missed(call),
            Gap = () => gateway.GapFor(audience),
        };
        var options = new McpOptions(content, new TaskExtension(caller, null, time), caller, answers, time).Build();
        new ProtocolFloor(gateway.MinimumProtocolVersion).Guard(options);
        return new McpFace(options, news, tools);
    }
}
