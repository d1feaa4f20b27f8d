using System.Text.Json;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

public sealed class ExecuteCodeTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task The_result_comes_first_and_each_call_is_one_line()
    {
        var text = (await Gateway.DoneAsync("execute_code", CodeGateway.Code("const v = await api.xo.GetVms({ fields: 'uuid' }); console.log('seen', v.length); return v.length > 0"))).Text;
        var answer = JsonElement.Parse(text);

        Assert.StartsWith("""{"result":true,""", text, StringComparison.Ordinal);
        Assert.StartsWith("1 xo.GetVms ok 200 ", Assert.Single(answer.GetProperty("calls").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.StartsWith("seen ", answer.GetProperty("logs")[0].GetString(), StringComparison.Ordinal);
        Assert.False(answer.TryGetProperty("completed_writes", out _));
    }

    [Theory]
    [InlineData("api.xo.GetVms({limit:1})")]
    [InlineData("api.GetVms({limit:1})")]
    [InlineData("api.xo_GetVms({limit:1})")]
    [InlineData("toolmesh.xo_GetVms({limit:1})")]
    [InlineData("tools.xo_GetVms({limit:1})")]
    [InlineData("codemode.GetVms({limit:1})")]
    [InlineData("api['xo:GetVms']({limit:1})")]
    [InlineData("api['xo.GetVms']({limit:1})")]
    [InlineData("api['mcp__hypergate__xo_GetVms']({limit:1})")]
    [InlineData("api.xo.getVms({limit:1})")]
    [InlineData("api.xo.get_vms({limit:1})")]
    [InlineData("api.xo['get-vms']({limit:1})")]
    [InlineData("api['get-vms']({limit:1})")]
    public async Task Six_spellings_of_a_name_mean_the_same(string call)
    {
        var answer = await Gateway.RunAsync($"return (await {call}).length");

        Assert.Equal("1", answer.Result);
        Assert.Contains("xo.GetVms", answer.GetProperty("calls")[0].GetString(), StringComparison.Ordinal);
    }

    [Trait("case", "fenced_code_and_arrow_forms")]
    [Theory]
    [InlineData("async () => (await api.GetVms({ limit: 2 })).length")]
    [InlineData("async () => { return (await api.GetVms({ limit: 2 })).length };")]
    [InlineData("function main() { return 2 }")]
    [InlineData("```js\nreturn (await api.GetVms({ limit: 2 })).length\n```")]
    [InlineData("```\nreturn 2\n```\n")]
    [InlineData("const vms = await api.GetVms({ limit: 2 })\nvms.length")]
    [InlineData("api.GetVms({ limit: 2 }).then(vms => vms.length)")]
    [InlineData("async function main() {\n  return (await api.GetVms({ limit: 2 })).length\n}\nmain()")]
    [InlineData("const api = 1, args = 1\nif (api) { args + 1 }")]
    [InlineData("var args = 1\nreturn args + 1")]
    [InlineData("1 + 1 // two")]
    public async Task A_function_a_fenced_block_and_a_last_value_are_run_as_well(string code)
    {
        Assert.Equal("2", (await Gateway.RunAsync(code)).Result);
    }

    [Trait("case", "call_flood")]
    [Fact]
    public async Task Fifty_calls_are_sent_and_no_more_even_where_nobody_awaits_them()
    {
        Gateway.Xo.Requests.Clear();

        var answer = await Gateway.RunAsync("for (let i = 0; i < 10000; i++) api.GetVms({ limit: 1 }).catch(() => {}); await hypergate.pause(2000)");

        Assert.Equal("call_limit", answer.ErrorCode);
        Assert.InRange(Gateway.Xo.Requests.All.Count, 0, 50);
        Assert.Equal(26, answer.Count("calls"));
    }

    [Fact]
    public async Task An_operation_that_two_backends_offer_must_be_named_with_its_backend()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backends = 2 });

        var both = await gateway.RunAsync("try { await api.GetVms({ limit: 1 }) } catch (e) { return [e.code, e.candidates] }");
        var chosen = await gateway.RunAsync("return (await api.GetVms({ limit: 1 })).length", ",\"backend\":\"xo2\"");

        Assert.Equal("""["ambiguous_name",["xo1.GetVms","xo2.GetVms"]]""", both.Result);
        Assert.StartsWith("1 xo2.GetVms ok", chosen.GetProperty("calls")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_result_is_cut_at_an_item_and_kept_whole_for_a_later_script_of_the_same_caller()
    {
        var answer = await Gateway.RunAsync("return Array.from({ length: 5000 }, (_, i) => ({ number: i, text: 'abcdefghij' }))");
        var cut = answer.GetProperty("truncated");
        var run = answer.GetProperty("run").GetString();
        var again = await Gateway.RunAsync("return (await hypergate.previous(args.run)).length", $",\"args\":{{\"run\":\"{run}\"}}");
        var stranger = await Gateway.CallAsAsync(new("other", ["admin"]), "execute_code", CodeGateway.Code($"return await hypergate.previous('{run}')"));

        Assert.Equal(5000, cut.GetProperty("total").GetInt32());
        Assert.Equal(answer.GetProperty("result").GetArrayLength(), cut.GetProperty("shown").GetInt32());
        Assert.InRange(answer.GetRawText().Length, 10_000, 25_000);
        Assert.Equal("5000", again.Result);
        Assert.Contains("not_found", stranger!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_a_platform_is_cleaned_and_redacted_before_a_script_sees_it()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

        var answer = await gateway.RunAsync("const u = await api.GetUsers({ fields: '*' }); return JSON.stringify(u)");

        Assert.DoesNotContain(gateway.Xo.Token, answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("$argon", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_of_a_run_are_audited_with_the_run()
    {
        var answer = await Gateway.RunAsync("return (await api.GetVms({ limit: 1 })).length");
        var run = answer.GetProperty("run").GetString();

        var lines = Directory.EnumerateFiles(Gateway.AuditFolder, "*.jsonl").SelectMany(File.ReadLines).Where(line => line.Contains($"\"parent\":\"{run}\"", StringComparison.Ordinal)).ToList();
        var line = JsonElement.Parse(Assert.Single(lines));

        Assert.Equal(("execute_code", "GetVms", "done"), (line.GetProperty("tool").GetString(), line.GetProperty("operation").GetString(), line.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task The_gateways_own_calls_answer_as_data()
    {
        var answer = await Gateway.RunAsync("await hypergate.pause(20); const found = await hypergate.search('snapshot of a vm', 3); return [hypergate.backends, found.length, (await hypergate.describe('StartVm')).name]");

        Assert.Equal("""[[{"name":"xo","kind":"xen-orchestra","title":"Xen Orchestra"}],3,"xo.StartVm"]""", answer.Result);
    }

    [Fact]
    public async Task Its_time_ends_a_run_and_what_it_did_is_told()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Policy = new() { Confirmation = new() { Write = Hypergate.Model.ConsentRule.None } } });
        var vm = (await gateway.RunAsync("return (await api.GetVms({ limit: 1 }))[0].id")).GetProperty("result").GetString();

        var answer = await gateway.RunAsync($"await api.PutVmTag({{ id: '{vm}', tag: 'late' }}); await hypergate.pause(9000)", ",\"timeout_seconds\":1");

        Assert.Equal("timeout", answer.ErrorCode);
        Assert.Equal("xo.PutVmTag", Assert.Single(answer.GetProperty("completed_writes").EnumerateArray()).GetProperty("tool").GetString());
    }

    [Fact]
    public async Task Arguments_of_a_body_may_stand_beside_the_others()
    {
        var answer = await Gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; return await api.SnapshotVm({ id: vm.id, name_label: 'flat' })");

        Assert.Equal("flat", answer.GetProperty("asks").GetProperty("args").GetProperty("body").GetProperty("name_label").GetString());
    }

    [Fact]
    public async Task The_two_definitions_fit_into_a_thousand_tokens()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backends = 3 });

        // About 4.2 characters of such JSON make a token of o200k_base; three are assumed here.
        var characters = gateway.Gateway.Tools.Current.Where(static tool => tool.Name is "execute_code" or "list_tools")
            .Sum(static tool => JsonSerializer.Serialize(new { tool.Name, tool.Description, tool.InputSchema }).Length);

        Assert.InRange(characters, 500, 1000 * 3);
    }

    [Fact]
    public async Task Without_changes_the_tool_is_marked_as_one_that_only_reads()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Actions = false });

        Assert.True(gateway.Tool("execute_code").Hints.ReadOnly);
        Assert.Equal("unknown_operation", (await gateway.RunAsync("await api.StartVm({ id: 'x' })")).ErrorCode);
    }

    [Fact]
    public async Task What_the_platform_adds_to_an_answer_is_a_notice_once()
    {
        var answer = await Gateway.RunAsync("for (let i = 0; i < 3; i++) await api.xo.GetVms({ filter: 'auto_poweron:true' })\nreturn 1");

        var notice = Assert.Single(answer.GetProperty("notices").EnumerateArray()).GetString();
        Assert.StartsWith("xo.GetVms: ", notice, StringComparison.Ordinal);
        Assert.Contains("auto_poweron", notice, StringComparison.Ordinal);
    }
}
