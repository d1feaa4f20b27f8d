using System.Text.Json;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Scripts that throw, log, return or ask what nobody expects: each is told in words, and the next one runs.</summary>
public sealed class OddScriptTests(ScriptFormTests.Shared shared) : IClassFixture<ScriptFormTests.Shared>
{
    private GatewayUnderTest Gateway => shared.Gateway;

    [Theory]
    [InlineData("throw 12n", "12")]
    [InlineData("const a = {}; a.a = a; throw a", "cannot be shown")]
    [InlineData("throw api", "cannot be shown")]
    [InlineData("throw api.x.y", "cannot be shown")]
    [InlineData("throw new Proxy({}, { get() { throw 1 } })", "cannot be shown")]
    [InlineData("await Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))])", "AggregateError: Error: a; Error: b")]
    [InlineData("throw Object.assign(new Error('x'), { stack: 'at f (script:99999999999999999999:5)' })", "x")]
    [InlineData("throw new ToolError('x', { code: 'y'.repeat(1e6), candidates: Array.from({ length: 1e5 }, (_, i) => 'c' + i), tool: {} })", "x")]
    [InlineData("throw new ToolError('x', { '\\ud800': 1, tool: '\\ud800' })", "x")]
    [InlineData("let a = 1; for (let i = 0; i < 70; i++) a = [a]; throw new ToolError('x', { candidates: a })", "x")]
    public async Task What_is_thrown_is_told(string code, string words)
    {
        var answer = await Gateway.RunAsync(code);

        Assert.Equal("script_error", answer.ErrorCode);
        Assert.Contains(words, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Promise.reject(new Error('boom'))", "A promise was rejected and never awaited: Error: boom")]
    [InlineData("Promise.reject({ a: 1 }); Promise.reject(2)", "2 promises were rejected and never awaited: {\"a\":1}")]
    [InlineData("const p = Promise.reject('late'); if (p.constructor !== Promise) throw 1; const q = Promise.reject('lost')", "A promise was rejected and never awaited: lost")]
    [InlineData("try { await Promise.reject(1) } catch {}", null)]
    [InlineData("Promise.reject(1).catch(() => {}); Promise.reject(2).finally(() => {}).catch(() => {})", null)]
    [InlineData("await Promise.allSettled([Promise.reject(1)]); try { await (async () => Promise.reject(2))() } catch {}", null)]
    public async Task A_promise_that_is_rejected_and_never_awaited_is_told_of_and_fails_no_script(string code, string? line)
    {
        var answer = await Gateway.RunAsync($"{code}\nreturn 1");

        Assert.Equal("1", answer.Result);
        Assert.Equal(line is null ? 0 : 1, answer.Count("logs"));
        Assert.True(line is null || answer.GetProperty("logs")[0].GetString()!.Contains(line, StringComparison.Ordinal), answer.GetRawText());
    }

    [Theory]
    [InlineData("const a = {}; a.a = a; console.log(a)", "[cannot be shown]")]
    [InlineData("console.log({ get a() { throw 1 } })", "[cannot be shown]")]
    [InlineData("console.log(api.x)", "[cannot be shown]|[function]")]
    [InlineData("console.log(12n)", "12")]
    [InlineData("console.log({ e: new RangeError('r') })", """{"e":{"name":"RangeError","message":"r"}}""")]
    [InlineData("console.log({ '\\ud800': 1 })", "")]
    public async Task A_line_of_the_console_fails_no_script(string code, string line)
    {
        var answer = await Gateway.RunAsync($"{code}\nreturn 1");

        Assert.Equal("1", answer.Result);
        Assert.Contains(line.Split('|'), shown => answer.GetProperty("logs")[0].GetString()!.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_the_console_is_cut_beside_a_character_of_two_halves() =>
        Assert.Equal("1", (await Gateway.RunAsync("console.log('a' + '😀'.repeat(300)); return 1")).Result);

    [Theory]
    [InlineData("return { e: new TypeError('t') }", """{"e":{"name":"TypeError","message":"t"}}""")]
    [InlineData("try { await api.GetVm({ id: 'nope' }) } catch (e) { return e.message === JSON.parse(JSON.stringify(e)).message }", "true")]
    [InlineData("try { await api.GetVm({ id: 'nope' }) } catch (e) { return [e].map(({ code, name }) => [code, name])[0] }", """["not_found","ToolError"]""")]
    [InlineData("return await hypergate.pause('20')", "null")]
    [InlineData("return (await hypergate.search('vm', '2')).length", "2")]
    [InlineData("return (await hypergate.search('start a vm', -1)).length", "1")]
    [InlineData("try { await hypergate.pause('soon') } catch (e) { return e.code }", "\"invalid_input\"")]
    [InlineData("try { await hypergate.waitTask({ task: 'nope', backend: 'xo' }, { timeoutSeconds: 'x' }) } catch (e) { return e.code }", "\"not_found\"")]
    [InlineData("return (await hypergate.describe('api.StartVm')).arguments", """["id","body?"]""")]
    [InlineData("try { await api['x'.repeat(300)].y() } catch (e) { return e.code }", "\"unknown_operation\"")]
    [InlineData("try { await api['\\ud800'].y() } catch (e) { return e.code }", "\"unknown_operation\"")]
    [InlineData("try { await api.GetVms({ '\\ud800': 1 }) } catch (e) { return e.code }", "\"invalid_input\"")]
    [InlineData("try { await api.GetVms({ filter: '€'.repeat(56e5) }) } catch (e) { return e.code }", "\"invalid_input\"")]
    [InlineData("Array.prototype.toJSON = () => 'x'; try { await api.GetVms() } catch (e) { return e.code }", "\"unknown_operation\"")]
    public async Task What_is_asked_or_returned_oddly_has_an_answer(string code, string result) => Assert.Equal(result, (await Gateway.RunAsync(code)).Result);

    [Theory]
    [InlineData(60, null)]
    [InlineData(61, "output_limit")]
    [InlineData(200, "output_limit")]
    public async Task What_is_nested_too_deeply_for_readers_of_json_is_refused(int levels, string? code) =>
        Assert.Equal(code, (await Gateway.RunAsync($"let a = 1; for (let i = 0; i < {levels}; i++) a = [a]; return a")).ErrorCode);

    [Fact]
    public async Task A_pause_that_nobody_awaits_is_no_call()
    {
        var answer = await Gateway.RunAsync("hypergate.pause(1); return 1");

        Assert.Equal(("1", 0), (answer.Result, answer.Count("notices")));
    }

    [Fact]
    public async Task Nobody_can_keep_others_from_running_scripts_with_built_ins_of_their_own()
    {
        foreach (var code in (string[])["Object.prototype.toJSON = () => ({ a: 1 }); await api.GetVms()", "await api['x'.repeat(300)]()", "throw Object.assign(new Error('x'), { stack: 'script:99999999999999999999' })", "await api.GetVms({ '\\ud800': 1 })", "await hypergate.pause('x')", "console.log('a' + '😀'.repeat(300))"])
        {
            await Gateway.RunAsync(code);
        }

        Assert.Equal("1", (await Gateway.RunAsync("return 1")).Result);
    }

    [Theory]
    [InlineData("~~~js\nreturn 12\n~~~")]
    [InlineData("```js\nreturn 12")]
    public async Task A_fence_may_be_of_tildes_or_left_open(string code) => Assert.Equal("12", (await Gateway.RunAsync(code)).Result);

    [Fact]
    public async Task Another_script_does_not_spend_a_plan()
    {
        const string Code = "const [vm] = await api.GetVms({ limit: 1, fields: 'uuid' })\nreturn await api.PutVmTag({ id: vm.uuid, tag: 'planned' })";
        var token = (await Gateway.RunAsync(Code, ""","preview":true""")).GetProperty("plan_token").GetString();
        var more = $""","confirm_token":{JsonSerializer.Serialize(token)}""";

        Assert.Equal("refused", (await Gateway.RunAsync($"{Code} // changed", more)).ErrorCode);
        Assert.Equal(1, (await Gateway.RunAsync(Code, more)).Count("completed_writes"));
    }
}
