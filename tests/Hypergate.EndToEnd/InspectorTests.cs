using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>The MCP Inspector's command line starts the program, lists its tools and calls them.</summary>
public sealed class InspectorTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_lists_the_tools_and_the_prompts()
    {
        await using var xo = await Xo.StartAsync();
        var tools = await Inspector.AskAsync(_folder, Xo.Reading(xo), "--method", "tools/list");
        var prompts = await Inspector.AskAsync(_folder, Xo.Reading(xo), "--method", "prompts/list");

        var names = tools.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()).ToList();
        Assert.Contains("vms_query", names);
        Assert.Contains("check_connection", names);
        Assert.DoesNotContain("vms_action", names);
        Assert.Equal("infrastructure-overview", prompts.GetProperty("prompts")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task It_calls_a_tool_and_gets_rows_as_text_and_as_data()
    {
        await using var xo = await Xo.StartAsync();
        var answer = await Inspector.AskAsync(
            _folder, Xo.Reading(xo), "--method", "tools/call", "--tool-name", "vms_query", "--tool-arg", "operation=GetVms", "--tool-arg", "limit=3");

        Assert.StartsWith("rows 1–3 of 40", answer.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, answer.GetProperty("structuredContent").GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_change_without_consent_is_shown_and_not_made()
    {
        await using var xo = await Xo.StartAsync();
        var before = xo.StateHash();
        var vms = await Inspector.AskAsync(
            _folder, Xo.Reading(xo), "--method", "tools/call", "--tool-name", "vms_query", "--tool-arg", "operation=GetVms", "--tool-arg", "limit=1");
        var id = vms.GetProperty("structuredContent").GetProperty("rows")[0].GetProperty("id").GetString();
        var answer = await Inspector.AskAsync(
            _folder,
            Xo.Acting(xo),
            "--method", "tools/call", "--tool-name", "vms_action", "--tool-arg", "operation=DeleteVm", "--tool-arg", $"id={id}");

        Assert.Contains("confirm_token", answer.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, xo.StateHash());
    }
}
