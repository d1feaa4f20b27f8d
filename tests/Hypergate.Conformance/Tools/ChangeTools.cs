using Hypergate.Host.Mcp;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance.Tools;

/// <summary>Tools that make the gateway tell its clients of changes.</summary>
internal static class ChangeTools
{
    public static IEnumerable<McpServerTool> For(ListChanges changes) =>
    [
        Fixtures.Tool("test_trigger_tool_change", "Announces other tools.", () =>
        {
            changes.Announce(ListKinds.Tools);
            return ContentTools.Text("announced");
        }),
        Fixtures.Tool("test_trigger_prompt_change", "Announces other prompts.", () =>
        {
            changes.Announce(ListKinds.Prompts);
            return ContentTools.Text("announced");
        }),
    ];
}
