using System.Text.Json;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What a script and its caller are told when something goes wrong.</summary>
public sealed class ExecuteCodeErrorTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task A_failed_call_throws_an_error_that_says_what_and_why()
    {
        var answer = await Gateway.RunAsync("try { await api.xo.GetVm({ id: 'nope' }) } catch (e) { return [e instanceof ToolError, e.code, e.http_status, e.tool, e.backend, e.sent, e.message.includes('nope')] }");

        Assert.Equal("""[true,"not_found",404,"xo.GetVm","xo",true,true]""", answer.Result);
    }

    [Fact]
    public async Task An_uncaught_failure_names_line_column_and_source()
    {
        var answer = await Gateway.RunAsync("const a = 1\n\nconst v = await api.xo.GetVm({ id: 'nope' })");
        var error = answer.GetProperty("error");

        Assert.Equal(("not_found", 3, 404), (error.GetProperty("code").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("http_status").GetInt32()));
        Assert.Equal("const v = await api.xo.GetVm({ id: 'nope' })", error.GetProperty("source").GetString());
        Assert.Equal("after line 3", answer.GetProperty("not_run").GetString());
        Assert.Equal(1, answer.Count("calls"));
    }

    [Theory]
    [InlineData("return 1 +", "syntax_error")]
    [InlineData("throw new Error('no')", "script_error")]
    [InlineData("for (let i = 0; i < 60; i++) await api.GetVms({ limit: 1 })", "call_limit")]
    [InlineData("for (let i = 0; i < 60; i++) try { await api.GetVms({ limit: 1 }) } catch (e) {}", "call_limit")]
    [InlineData("await api.GetVmz()", "unknown_operation")]
    [InlineData("await api.xo.GetVms({ nonsense: 1 })", "invalid_input")]
    [InlineData("await api.xo.GetVms(1)", "invalid_input")]
    [InlineData("await api.list_tools()", "unknown_operation")]
    [InlineData("await api.GetVms({ sort: 'name_label' })", "invalid_input")]
    [InlineData("await hypergate.pause(20000)", "invalid_input")]
    [InlineData("await hypergate.previous('r_0000000000000000')", "not_found")]
    [InlineData("await hypergate.nonsense()", "script_error")]
    public async Task What_goes_wrong_has_a_code(string code, string expected)
    {
        Assert.Equal(expected, (await Gateway.RunAsync(code)).ErrorCode);
    }

    [Fact]
    public async Task An_error_of_the_script_shows_the_frames_of_its_own_text()
    {
        var error = (await Gateway.RunAsync("function inner() {\n  throw new TypeError('no')\n}\nconst outer = () => inner()\nouter()")).GetProperty("error");
        var stack = error.GetProperty("stack").EnumerateArray().Select(static frame => frame.GetString()!).ToList();

        Assert.Equal(2, error.GetProperty("line").GetInt32());
        Assert.InRange(stack.Count, 2, 8);
        Assert.Contains("inner", stack[0], StringComparison.Ordinal);
        Assert.All(stack, static frame => Assert.Contains("script:", frame, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("const vms = await api.xo.GetVms({ limit: 1 })\nreturn vmz.length", 2, 8)]
    [InlineData("const vms = await api.xo.GetVms({ limit: 1 })\nconst rows = vms.items\nreturn rows.length", 3, 13)]
    [InlineData("const vms = await api.xo.GetVms({ limit: 1 })\n\nvmz.length", 3, 1)]
    [InlineData("const vms = await api.xo.GetVms({ limit: 1 })\nconst sizes = vms.map(vm => ({\n  name: vm.name_label,\n  size: vm.disk.size }))\nreturn sizes", 4, 17)]
    public async Task An_error_behind_a_call_is_placed_where_its_name_stands(string code, int line, int column)
    {
        var error = (await Gateway.RunAsync(code)).GetProperty("error");

        Assert.Equal((line, column), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        Assert.Equal(code.Split('\n')[line - 1].Trim(), error.GetProperty("source").GetString()!.Trim());
    }

    [Theory]
    [InlineData("const f = x => x\nObject.keys(null)", 2, 13)]
    [InlineData("const f = x => x\n  f.nope()", 2, 5)]
    [InlineData("const f = x => x\nthrow new RangeError('no')", 2, 11)]
    [InlineData("const a = { b: 1 }\nconst c = a.b\nreturn a.c.d", 3, 12)]
    [InlineData("const a = {}\nconst n = [].length\nreturn a.b.length", 2, null)]
    [InlineData("const f = x => x\nf(1)\nfor (const x of 5) {}", 2, null)]
    public async Task There_is_a_column_only_where_there_is_no_doubt(string code, int line, int? column)
    {
        var error = (await Gateway.RunAsync(code)).GetProperty("error");

        Assert.Equal((line, column), (error.GetProperty("line").GetInt32(), error.TryGetProperty("column", out var known) ? known.GetInt32() : null));
    }

    [Theory]
    [InlineData("{}", "invalid_input")]
    [InlineData("""{"code":""}""", "invalid_input")]
    [InlineData("""{"resume":"r_0000000000000000"}""", "run_gone")]
    [InlineData("""{"code":"return 1","confirm_token":"p_0"}""", "refused")]
    public async Task A_call_that_cannot_run_says_why(string arguments, string code)
    {
        var result = await Gateway.CallAsync("execute_code", arguments);

        Assert.True(result.IsError);
        Assert.Equal(code, result.Structured!.Value.ErrorCode);
    }

    [Fact]
    public async Task A_script_that_is_too_long_is_not_run()
    {
        Assert.Equal("code_too_large", (await Gateway.RunAsync($"return 1 // {new string('x', 70_000)}")).ErrorCode);
    }

    [Trait("case", "unpermitted_operation")]
    [Trait("case", "unpermitted_operation_by_alias")]
    [Trait("case", "unpermitted_operation_by_other_spelling")]
    [Fact]
    public async Task A_name_that_is_hidden_reads_like_one_that_does_not_exist()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backend = static backend => backend with { Deny = ["DeleteVm", "PauseVm"] } });
        gateway.Xo.Requests.Clear();
        foreach (var call in (string[])["api.xo.DeleteVm", "api.DeleteVm", "api['xo:DeleteVm']", "api.xo.delete_vm", "toolmesh.xo_DeleteVm"])
        {
            var hidden = await gateway.RunAsync($"await {call}({{ id: 'x' }})");
            var missing = await gateway.RunAsync($"await {call.Replace("elete", "elote", StringComparison.Ordinal)}({{ id: 'x' }})");

            Assert.Equal("unknown_operation", hidden.ErrorCode);
            Assert.Equal(Words(missing).Replace("elote", "elete", StringComparison.Ordinal), Words(hidden));
        }

        Assert.Empty(gateway.Xo.Requests.All);

        static string Words(JsonElement answer) => answer.GetProperty("error").GetProperty("message").GetString()!.Split(" Did you mean")[0];
    }
}
