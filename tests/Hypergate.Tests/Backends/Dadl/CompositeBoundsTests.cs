using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What the script of a composite reaches: the tools of its own backend, with its caller's rights, and nothing else.</summary>
public sealed class CompositeBoundsTests
{
    private const string File = """
          tools:
            look: { method: GET, path: /look, access: read, description: Look }
            drop: { method: DELETE, path: /drop, access: dangerous, description: Drop }
          composites:
            inner: { description: Inner, access: read, code: "return await api.look({})", params: {} }
            outer: { description: Outer, access: read, code: "const name = 'inner'; try { return await api[name]({}) } catch (e) { return [e.code, e.message] }", params: {} }
            away: { description: Away, access: read, code: "const codes = []; for (const path of ['other.look', 'other:look', 'mcp__hypergate__other_look', 'execute_code', 'list_tools']) try { await api[path]({}); codes.push('in') } catch (e) { codes.push(e.code) } const [a, b] = ['other', 'look']; try { await api[a][b]({}); codes.push('in') } catch (e) { codes.push(e.code) } return codes", params: {} }
            lend: { description: Lend, access: read, delegates: [drop], code: "return await api.drop({})", params: {} }
        """;

    [Fact]
    [Trait("case", "composite_calls_composite")]
    public async Task A_composite_calls_no_composite()
    {
        await using var api = await DadlApi.StartAsync(File);

        var done = await api.DoneAsync("outer");

        Assert.StartsWith("[\"unknown_operation\",\"inner is a composite", done.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    [Trait("case", "composite_calls_other_backend")]
    public async Task A_composite_reaches_no_other_backend_and_no_tool_of_the_gateway()
    {
        await using var api = await DadlApi.StartAsync(File);

        var done = await api.DoneAsync("away");

        Assert.All(done.Value.EnumerateArray(), static code => Assert.Equal("unknown_operation", code.GetString()));
        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    [Trait("case", "delegates_without_approval")]
    public async Task What_a_composite_would_lend_is_refused_unless_the_settings_agree()
    {
        await using var closed = await DadlApi.StartAsync(File);
        await using var open = await DadlApi.StartAsync(File, new DadlWishes { Settings = static settings => settings with { Delegates = ["lend.drop"] } });

        Assert.IsNotType<Outcome.Done>(await RunAsViewerAsync(closed));
        Assert.Empty(closed.Server.Requests);
        await RunAsViewerAsync(open);
        Assert.InRange(open.Server.Requests.Count, 0, 1);
    }

    private static Task<Outcome> RunAsViewerAsync(DadlApi api) => api.Gateway.Parts.Pipeline.RunAsync(
        new Call { Backend = "api", Operation = api.Find("lend"), Caller = new Caller("key:viewer", [Roles.All[0]]), Arguments = System.Text.Json.JsonElement.Parse("{}") }, TestContext.Current.CancellationToken);
}
