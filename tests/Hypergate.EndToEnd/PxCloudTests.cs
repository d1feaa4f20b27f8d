using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.EndToEnd;

/// <summary>A PXCloud by the variables of pxcloud-mcp alone, through the real program over standard input and output.</summary>
public sealed class PxCloudTests : IDisposable
{
    private const string Vm = "prod:prod1:100";

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_users_find_their_tools_prompts_guides_and_consent()
    {
        await using var cloud = await PxCloudSimulator.StartAsync(new PxCloudOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        await using var session = StdioSession.Start(
            _folder, ("PXCLOUD_URL", cloud.Url.ToString().TrimEnd('/')), ("PXCLOUD_USER", cloud.User), ("PXCLOUD_PASS", cloud.Password), ("PXCLOUD_ALLOW_DELETE", "true"));
        await session.InitializeAsync(capabilities: """{"elicitation":{}}""");

        var list = await session.CallAsync("pxcloud_get_api_vms", """{"limit":2}""");
        var tools = (await session.AskAsync("tools/list")).ToolNames.ToList();
        Assert.Contains("prod", (await session.CallAsync("pxcloud_get_api_clusters", "{}")).Text, StringComparison.Ordinal);
        Assert.False(list.IsToolError, list.Text);
        Assert.Contains("pxcloud_delete_vm", tools);
        Assert.Contains("pxcloud_confirm_change", tools);
        Assert.DoesNotContain("list_vms", tools);

        var prompt = await session.AskAsync("prompts/get", """{"name":"pxcloud_operator","arguments":{"goal":"move web-01"}}""");
        var text = prompt.GetProperty("result").GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString()!;
        Assert.StartsWith("pxcloud: PXCloud at http://127.0.0.1", text, StringComparison.Ordinal);
        Assert.Contains("Goal: \"move web-01\"", text, StringComparison.Ordinal);
        var guide = await session.AskAsync("resources/read", """{"uri":"pxcloud://guides/safety"}""");
        Assert.Contains("firewall", guide.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        // The package's page spells the name like this. The person says yes.
        var share = await ShareAsync(session, "accept");
        Assert.False(share.IsToolError, share.Text);
        Assert.Contains("/console/share/", share.Text, StringComparison.Ordinal);

        var refused = await ShareAsync(session, "decline");
        Assert.True(refused.IsToolError);
        Assert.Equal(1, cloud.Requests.All.Count(static request => request.Method == "POST" && request.Target.EndsWith("/console-share", StringComparison.Ordinal)));
        Assert.All(session.Lines, line => Assert.DoesNotContain(cloud.Password, line, StringComparison.Ordinal));
    }

    private int _asked;

    private async Task<JsonElement> ShareAsync(StdioSession session, string action)
    {
        var seen = ++_asked;
        var id = await session.RequestAsync(
            "tools/call", $$$"""{"name":"pxcloud_post_api_vms__id__console_share","arguments":{"id":"{{{Vm}}}","access_mode":"view_only","expires_in_seconds":3600}}""");
        var question = await session.MessageAsync(message => message.TryGetProperty("method", out var method) && method.ValueEquals("elicitation/create") && --seen == 0);
        Assert.Contains("web-01", question.GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);
        var content = action == "accept" ? ""","content":{"confirm":true,"name":"web-01"}""" : "";
        await session.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{question.GetProperty("id").GetRawText()}}},"result":{"action":"{{{action}}}"{{{content}}}}}""");
        return await session.AnswerAsync(id);
    }
}
