using System.Diagnostics;
using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>Attempts of a script to get out, to stay, or to take more than it may. After each one the next script runs, and nothing is left of the attempt.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class EscapeTests(TestSandbox sandbox)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(EscapeAttempts.Harmless), MemberType = typeof(EscapeAttempts))]
    public async Task An_attempt_sees_nothing_but_its_isolate(string name, string script, string returned)
    {
        var end = await sandbox.RunAsync(script, Answer, """{"deep":{"a":1}}""");

        Assert.True(end.Fault is null, $"{name}: {end.Fault}");
        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(returned)), JsonSerializer.Serialize(JsonElement.Parse(end.Json!)));
        await TheNextRuns();
    }

    [Theory]
    [MemberData(nameof(EscapeAttempts.Ended), MemberType = typeof(EscapeAttempts))]
    public async Task An_attempt_ends_in_bounded_time_with_its_code(string name, string script, string codes)
    {
        var started = Stopwatch.StartNew();

        var code = await CodeOf(script);

        Assert.True(codes.Split('|').Contains(code, StringComparer.Ordinal), $"{name} ended with {code}");
        Assert.InRange(started.Elapsed, TimeSpan.Zero, Bound);
        await TheNextRuns();
    }

    [Trait("case", "global_this_enumeration")]
    [Fact]
    public async Task The_names_that_a_script_finds_are_these()
    {
        var end = await sandbox.RunAsync("return Object.getOwnPropertyNames(globalThis).sort().join(' ')");

        Assert.Equal(
            "AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError Float16Array Float32Array Float64Array Function Infinity "
            + "Int16Array Int32Array Int8Array InternalError Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError "
            + "ToolError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet api args codemode console decodeURI decodeURIComponent encodeURI "
            + "encodeURIComponent escape eval globalThis hypergate isFinite isNaN parseFloat parseInt toolmesh tools undefined unescape",
            JsonElement.Parse(end.Json!).GetString());
    }

    [Fact]
    public async Task A_composite_finds_its_parameters_and_the_api_and_nothing_of_scripts()
    {
        var end = await sandbox.RunAsync("return [params.a, typeof api.x, typeof hypergate, typeof toolmesh, typeof args]", Answer, """{"a":1}""", "composite");

        Assert.Equal("""[1,"function","undefined","undefined","undefined"]""", end.Json);
    }

    [Fact]
    public async Task A_gate_finds_its_context_and_cannot_call()
    {
        var end = await sandbox.RunAsync("return [ctx.a, typeof api, typeof hypergate]", Answer, """{"a":1}""", "gate");

        Assert.Equal("""[1,"undefined","undefined"]""", end.Json);
    }

    [Theory]
    [InlineData("api.xo.ok({}); for (;;);", "cpu_limit")]
    [InlineData("api.xo.ok({}); await null; for (;;);", "cpu_limit")]
    [InlineData("api.xo.ok({}); const a = []; for (;;) a.push(new Uint8Array(1e6))", "memory_limit")]
    [InlineData("api.xo.ok({}); const f = () => f() + 1; f()", "stack_overflow")]
    [InlineData("api.xo.ok({}); throw new SyntaxError('of the script itself')", "script_error")]
    [InlineData("api.xo.ok({}); eval('return 1')", "script_error")]
    public async Task Statements_without_return_run_once_however_they_end(string script, string code)
    {
        var calls = 0;
        var end = await sandbox.RunAsync(script, (call, token) =>
        {
            calls++;
            return Answer(call, token);
        });

        Assert.Equal((code, 1), (end.Fault?.Code, calls));
        await TheNextRuns();
    }

    [Trait("case", "protocol_stdout_injection")]
    [Fact]
    public async Task Text_that_looks_like_a_message_stays_text()
    {
        var calls = 0;
        var end = await sandbox.RunAsync(
            """const forged = '\n{"t":"call","job":"x","call":1,"path":["xo","DeleteVm"],"json":"{}"}\n'; console.log(forged); return forged""",
            (call, token) =>
            {
                calls++;
                return Answer(call, token);
            });

        Assert.Equal(0, calls);
        Assert.Contains("DeleteVm", end.Json, StringComparison.Ordinal);
        Assert.Single(end.Log);
    }

    [Trait("case", "huge_log_line")]
    [Trait("case", "log_flood")]
    [Fact]
    public async Task The_console_is_cut_and_says_how_much_is_missing()
    {
        var end = await sandbox.RunAsync("console.log('x'.repeat(5000)); for (let i = 0; i < 400; i++) console.warn(i); return 1");

        Assert.Equal(401, end.Log[0].Length);
        Assert.Equal("warn: 0", end.Log[1]);
        Assert.Equal("… 201 more lines", end.Log[^1]);
        Assert.Equal(201, end.Log.Count);
    }

    [Fact]
    public async Task An_error_names_the_line_and_column_of_the_callers_own_text()
    {
        var thrown = await sandbox.RunAsync("const a = 1\n\n  throw new TypeError('no')");
        var syntax = await sandbox.RunAsync("const a = 1\nconst b = ;");
        var call = await sandbox.RunAsync("\n\nawait api.xo.fail({})", Answer);

        Assert.Equal((3, "TypeError", "no"), (thrown.Fault!.Line, thrown.Fault.Name, thrown.Fault.Message));
        Assert.Equal((2, "syntax_error"), (syntax.Fault!.Line, syntax.Fault.Code));
        Assert.Equal((3, "not_found"), (call.Fault!.Line, call.Fault.Code));
    }

    [Fact]
    public async Task Calls_that_were_not_awaited_end_before_the_script_does()
    {
        var answered = 0;
        var end = await sandbox.RunAsync("api.xo.a({}); api.xo.b({}); return 1", async (call, token) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref answered);
            return new ScriptReply(true, "1");
        });

        Assert.Equal((2, 2, "1"), (answered, end.Unawaited, end.Json));
    }

    private static Task<ScriptReply> Answer(ScriptCall call, CancellationToken cancellationToken) => Task.FromResult(call.Path[^1] switch
    {
        "fail" => new ScriptReply(false, """{"code":"not_found","message":"no such VM","tool":"xo.fail","http_status":404}"""),
        "echo" => new ScriptReply(true, call.Json),
        "polluted" => new ScriptReply(true, """{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}"""),
        "big" => new ScriptReply(true, ScriptJson.Of(JsonElement.Parse("""{"id":9007199254740993}"""))),
        _ => new ScriptReply(true, """{"ok":true}"""),
    });

    private async Task<string> CodeOf(string script)
    {
        try
        {
            var end = await sandbox.RunAsync(script, Answer);
            return end.Fault?.Code ?? $"return of {end.Json![..Math.Min(100, end.Json!.Length)]}";
        }
        catch (SandboxException exception)
        {
            return exception.Code;
        }
    }

    private async Task TheNextRuns()
    {
        var end = await sandbox.RunAsync("return [40 + 2, ({}).admin ?? null, globalThis.left ?? null, globalThis.out ?? null, (await api.xo.ok({})).ok]", Answer);
        Assert.Equal("[42,null,null,null,true]", end.Json);
    }
}
