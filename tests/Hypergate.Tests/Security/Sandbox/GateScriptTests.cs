using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Gates;
using Hypergate.Tests.Host;
using Hypergate.Tests.Scripting;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>Scripts of gates: they see one call, may change one thing of it, and whatever goes wrong refuses the call.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class GateScriptTests(TestSandbox sandbox) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-gates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [Trait("case", "gate_script_cannot_call_api")]
    [InlineData("function (ctx) { return api.xo.GetVms() }")]
    [InlineData("async ctx => { await toolmesh.xo_GetVms() }")]
    [InlineData("ctx => { hypergate.search('vm') }")]
    [InlineData("ctx => { fetch('http://127.0.0.1') }")]
    [InlineData("ctx => { process.exit() }")]
    public async Task A_gate_reaches_nothing_and_refuses_where_it_tries(string code)
    {
        var result = await RunAsync(code);

        Assert.Contains("ReferenceError", result.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("case", "gate_script_timeout_denies")]
    [InlineData("ctx => { for (;;); }", "more than 500 ms")]
    [InlineData("async ctx => { for (;;) await null }", "more than 500 ms")]
    [InlineData("ctx => { try { for (;;); } finally { return } }", "more than 500 ms")]
    [InlineData("ctx => new Promise(() => {})", "never comes")]
    [InlineData("ctx => { [].indexOf.call({ length: 2 ** 53 - 1 }, 1) }", "without an end")]
    [InlineData("ctx => { const a = []; for (;;) a.push(new Uint8Array(1e6)) }", "memory")]
    [InlineData("ctx => { const f = () => f() + 1; f() }", "stack")]
    [InlineData("ctx => {", "SyntaxError")]
    [InlineData("const gate = ctx => {}", "SyntaxError")]
    [InlineData("if (ctx.args) throw 'never run'", "SyntaxError")]
    [InlineData("{ gate: ctx => {} }", "a gate is function")]
    [InlineData("", "SyntaxError")]
    public async Task What_does_not_come_to_its_end_refuses(string code, string words)
    {
        var result = await RunAsync(code);

        Assert.Contains(words, result.Refusal, StringComparison.OrdinalIgnoreCase);
        Assert.Null((await RunAsync("ctx => {}")).Refusal);
    }

    [Theory]
    [InlineData("function (ctx) { ctx.args.memory = Math.min(ctx.args.memory, 4) }", """{"memory":4,"tags":["a"]}""")]
    [InlineData("ctx => { ctx.args = { memory: 1 } }", """{"memory":1}""")]
    [InlineData("// caps\nctx => ctx.args.tags.push('b');", """{"memory":8,"tags":["a","b"]}""")]
    [InlineData("ctx => { try { ctx.caller.name = 'root' } catch {} try { ctx.operation = 'x' } catch {} try { ctx.more = 1 } catch {} ctx.args.seen = ctx.caller.name + ctx.operation + ctx.more }", """{"memory":8,"tags":["a"],"seen":"annaCreateVmundefined"}""")]
    public async Task It_may_change_what_is_open_to_it_and_nothing_else(string code, string left)
    {
        var result = await RunAsync(code);

        Assert.Null(result.Refusal);
        Assert.Equal(left, result.Value.GetRawText());
    }

    [Theory]
    [InlineData("ctx => { throw 'too large' }", "too large")]
    [InlineData("ctx => { throw new Error('too large') }", "too large")]
    [InlineData("ctx => { ctx.args.a.b = 1 }", "its script failed: TypeError")]
    public async Task What_it_throws_is_the_reason(string code, string reason) => Assert.StartsWith(reason, (await RunAsync(code)).Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task What_it_leaves_alone_keeps_every_digit()
    {
        var context = JsonElement.Parse("""{"args":{"id":9007199254740993,"share":1.0}}""");

        Assert.Equal("""{"id":9007199254740993,"share":1.0}""", (await sandbox.Sandbox.Gate("ctx => {}", context, "args", TestContext.Current.CancellationToken)).Value.GetRawText());
    }

    [Fact]
    public async Task A_call_that_a_gate_refuses_is_not_sent_and_others_are()
    {
        await using var gateway = await StartAsync("function (ctx) { if (ctx.args.id) throw 'Ask about lists only.' }", new RuleSettings { Operations = ["GetVm"] });

        var refused = await gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; try { await api.GetVm({ id: vm.id }) } catch (e) { return [e.code, e.refused_by, e.message, e.sent] }");

        Assert.Equal("""["refused","gates","The gate 'test' refuses GetVm: Ask about lists only. Nothing was sent.",false]""", refused.Result);
    }

    [Fact]
    public async Task Arguments_that_a_gate_has_changed_are_checked_agreed_to_and_sent()
    {
        await using var gateway = await StartAsync("ctx => { ctx.args.tag = 'by-assistant' }", new RuleSettings { Operations = ["PutVmTag"] });

        var paused = await gateway.RunAsync("const vm = (await api.GetVms({ limit: 1 }))[0]; await api.PutVmTag({ id: vm.id, tag: 'mine' }); return 1");
        var done = await gateway.ResumeAsync(paused);

        Assert.Contains("by-assistant", paused.GetProperty("asks").GetProperty("preview").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", done.Result);
        Assert.EndsWith("/tags/by-assistant", Assert.Single(gateway.Changes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_fit_no_schema_after_a_gate_are_refused()
    {
        await using var gateway = await StartAsync("ctx => { ctx.args.id = 7; ctx.args.more = true }", new RuleSettings { Operations = ["GetVm"] });

        Assert.Equal("invalid_input", (await gateway.RunAsync("await api.GetVm({ id: 'x' })")).ErrorCode);
    }

    [Fact]
    public async Task A_gate_behind_a_call_sees_its_answer_and_may_change_or_withhold_it()
    {
        await using var masking = await StartAsync("ctx => { for (const vm of ctx.result) vm.name_label = '[NAME]' }", new RuleSettings { Operations = ["GetVms"] }, GatePhase.After);
        await using var withholding = await StartAsync("ctx => { throw 'not for you' }", new RuleSettings { Access = new AccessList(["read"]) }, GatePhase.After);

        Assert.Equal("\"[NAME]\"", (await masking.RunAsync("return (await api.GetVms({ limit: 2 }))[1].name_label")).Result);
        var answer = await withholding.RunAsync("await api.GetVms({ limit: 1 })");
        Assert.Equal("refused", answer.ErrorCode);
        Assert.Contains("withholds the answer", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_whose_file_has_gone_refuses_what_it_is_for()
    {
        await using var gateway = await StartAsync("ctx => {}", new RuleSettings { Operations = ["GetVm"] });
        File.Delete(Assert.Single(Directory.EnumerateFiles(_folder)));

        Assert.Contains("cannot be read", (await gateway.RunAsync("await api.GetVm({ id: 'x' })")).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Null((await gateway.RunAsync("await api.GetVms({ limit: 1 })")).ErrorCode);
    }

    private async Task<GatewayUnderTest> StartAsync(string script, RuleSettings when, GatePhase phase = GatePhase.Before)
    {
        var file = Path.Combine(_folder, $"{phase}-{script.Length}.js");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        return await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Gates = [new GateSettings { Name = "test", Script = file, When = when, Phases = [phase] }] });
    }

    private Task<Hypergate.Model.GateResult> RunAsync(string code) => sandbox.Sandbox.Gate(
        code, JsonElement.Parse("""{"operation":"CreateVm","caller":{"name":"anna"},"args":{"memory":8,"tags":["a"]}}"""), "args", TestContext.Current.CancellationToken);
}
