using System.Diagnostics;
using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>Attempts of a script to get out, to stay, or to take more than it may. After each one the next script runs, and nothing is left of the attempt.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class EscapeTests(TestSandbox sandbox)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>Name, script, and what it returns: JSON.</summary>
    public static TheoryData<string, string, string> Harmless => new()
    {
        { "constructor_of_function", """try { return (()=>{}).constructor("return process")() } catch (e) { return e.name }""", "\"ReferenceError\"" },
        { "constructor_of_array", """const g = [].constructor.constructor("return this")(); return [g === globalThis, typeof g.process, typeof g.require]""", """[true,"undefined","undefined"]""" },
        { "async_function_constructor", """try { return await (async()=>{}).constructor("return process")() } catch (e) { return e.name }""", "\"ReferenceError\"" },
        { "generator_function_constructor", """try { return [...(function*(){}).constructor("yield process")()] } catch (e) { return e.name }""", "\"ReferenceError\"" },
        { "constructor_of_api_function", "return [typeof api.x.y.constructor, typeof api.x.constructor, typeof api.constructor]", """["undefined","undefined","undefined"]""" },
        { "constructor_of_error", """try { await api.xo.fail({}) } catch (e) { let p = e, seen = []; while (p) { seen.push(p.constructor?.name); p = Object.getPrototypeOf(p) } return [seen, typeof e.constructor.constructor("return typeof process")(), e.constructor.constructor("return typeof process")()] }""", """[["ToolError","ToolError","Error","Object"],"string","undefined"]""" },
        { "constructor_of_result", """const r = await api.xo.ok({}); return r.constructor.constructor("return typeof process")()""", "\"undefined\"" },
        { "constructor_of_args", """return [Object.isFrozen(args), Object.isFrozen(args.deep), args.constructor.constructor("return typeof process")()]""", """[true,true,"undefined"]""" },
        { "error_prepare_stack_trace", """try { Error.prepareStackTrace = (e, s) => s } catch (e) {} return typeof new Error("x").stack""", "\"string\"" },
        { "this_at_top_level", "return this === undefined", "true" },
        { "eval_reaches_nothing", """return [eval("typeof process"), (0, eval)("typeof require"), (0, eval)("this === globalThis")]""", """["undefined","undefined",true]""" },
        { "import_dynamic", """try { await import("node:fs"); return "in" } catch (e) { return "out" }""", "\"out\"" },
        { "import_data_url", """try { await import("data:text/javascript,export default 1"); return "in" } catch (e) { return "out" }""", "\"out\"" },
        { "require_missing", "return typeof require", "\"undefined\"" },
        { "process_missing", "return typeof process", "\"undefined\"" },
        { "fetch_missing", "return [typeof fetch, typeof XMLHttpRequest, typeof Request]", """["undefined","undefined","undefined"]""" },
        { "websocket_missing", "return [typeof WebSocket, typeof EventSource]", """["undefined","undefined"]""" },
        { "deno_bun_missing", "return [typeof Deno, typeof Bun]", """["undefined","undefined"]""" },
        { "webassembly_missing", "return typeof WebAssembly", "\"undefined\"" },
        { "shared_array_buffer_wait", "return [typeof SharedArrayBuffer, typeof Atomics]", """["undefined","undefined"]""" },
        { "quickjs_std_os_missing", "return [typeof std, typeof os, typeof bjson, typeof scriptArgs, typeof print, typeof __loadScript]", """["undefined","undefined","undefined","undefined","undefined","undefined"]""" },
        { "timers_missing", "return [typeof setTimeout, typeof setInterval, typeof setImmediate, typeof queueMicrotask]", """["undefined","undefined","undefined","undefined"]""" },
        { "prototype_pollution_object", "Object.prototype.admin = true; Array.prototype.admin = true; return ({}).admin", "true" },
        { "prototype_pollution_proto_key", """await api.xo.echo(JSON.parse('{"__proto__":{"admin":true},"a":1}')); return ({}).admin ?? null""", "null" },
        { "prototype_pollution_through_result", """const r = await api.xo.polluted({}); return [({}).admin ?? null, Object.getPrototypeOf(r) === Object.prototype, Object.keys(r)]""", """[null,true,["__proto__","constructor"]]""" },
        { "overwrite_json", "JSON.stringify = () => 'gone'; JSON.parse = () => 'gone'; return [(await api.xo.ok({a:1})).ok]", "[true]" },
        { "overwrite_promise", "const r = api.xo.ok({}); globalThis.Promise = class {}; return (await r).ok", "true" },
        { "overwrite_array_map", "Array.prototype.map = () => { throw 1 }; Array.prototype.join = () => { throw 1 }; Array.prototype.push = () => { throw 1 }; return (await api.xo.ok({})).ok", "true" },
        { "overwrite_symbol_iterator", "Array.prototype[Symbol.iterator] = function* () { yield 'evil' }; return (await api.xo.ok({})).ok", "true" },
        { "overwrite_string_slice", "String.prototype.slice = () => { throw 1 }; console.log('x'); return (await api.xo.ok({})).ok", "true" },
        { "overwrite_api", "try { api.x = 1; return 'in' } catch (e) { return e.name }", "\"TypeError\"" },
        { "overwrite_api_delete", "try { delete api.xo; return 'in' } catch (e) { return e.name }", "\"TypeError\"" },
        { "overwrite_api_define", "try { Object.defineProperty(api, 'x', { value: 1 }); return 'in' } catch (e) { return e.name }", "\"TypeError\"" },
        { "overwrite_api_prototype", "try { Object.setPrototypeOf(api, {}); return 'in' } catch (e) { return [e.name, Object.getPrototypeOf(api)] }", """["TypeError",null]""" },
        { "overwrite_api_global", "try { globalThis.api = 1 } catch (e) { return e.name }", "\"TypeError\"" },
        { "overwrite_tool_error", "try { globalThis.ToolError = class {} } catch (e) { return e.name }", "\"TypeError\"" },
        { "await_api", "return await api", "{}" },
        { "return_api", "return api", "{}" },
        { "json_of_api", "return JSON.stringify(api)", "\"{}\"" },
        { "log_api", "console.log(api); console.log(api.xo); return 1", "1" },
        { "keys_of_api", "return Object.keys(api)", """["xo"]""" },
        { "await_api_function", "return typeof (await api.xo.get)", "\"function\"" },
        { "construct_api_function", "try { new api.xo.get({}); return 'in' } catch (e) { return e.name }", "\"TypeError\"" },
        { "proxy_as_argument", "let n = 0; await api.xo.echo(new Proxy({ a: 1 }, { get: (t, k) => { n++; return t[k] } })); return n <= 3", "true" },
        { "getter_as_argument", "let n = 0; const r = await api.xo.echo({ get a() { return ++n } }); return [r, n]", """[{"a":1},1]""" },
        { "toJSON_as_argument", "return await api.xo.echo({ a: { toJSON: () => 7 } })", """{"a":7}""" },
        { "argument_kinds", "return await api.xo.echo({ u: undefined, f: () => 1, d: new Date(0), b: 12345678901234567890n, n: NaN })", """{"d":"1970-01-01T00:00:00.000Z","b":"12345678901234567890","n":null}""" },
        { "argument_not_an_object", "const codes = []; for (const a of [1, 'x', null, [1], true]) try { await api.xo.echo(a) } catch (e) { codes.push(e.code) } try { await api.xo.echo({}, {}) } catch (e) { codes.push(e.code) } return codes", """["invalid_input","invalid_input","invalid_input","invalid_input","invalid_input","invalid_input"]""" },
        { "argument_cycle", "const a = {}; a.a = a; try { await api.xo.echo(a); return 'in' } catch (e) { return e.name }", "\"TypeError\"" },
        { "timing_of_other_caller", "const s = new Set(); for (let i = 0; i < 1e5; i++) s.add(Date.now() % 10); return [[...s], typeof performance]", """[[0],"undefined"]""" },
        { "weak_references_missing", "return [typeof WeakRef, typeof FinalizationRegistry]", """["undefined","undefined"]""" },
        { "lone_surrogates_return", """return ["\ud800", "a\udfffb"]""", """["�","a�b"]""" },
        { "nul_and_line_separators_return", """return "a\u0000\u2028\nb" """, "\"a\\u0000\\u2028\\nb\"" },
        { "bigint_return", "return [10n, { a: 2n ** 70n }]", """["10",{"a":"1180591620717411303424"}]""" },
        { "map_and_set_return", "return [new Map([[1, 'a']]), new Set([1, 2])]", """[[[1,"a"]],[1,2]]""" },
        { "undefined_return", "return undefined", "null" },
        { "function_return", "return () => 1", "null" },
        { "html_comment_tokens", "return 1 <!--x\n + 1", "2" },
        { "wrapper_breakout", "}); globalThis.out = 1; (async function () {", "null" },
        { "arrow_form", "async () => 5", "5" },
        { "function_form", "async function main() { return 6 }", "6" },
        { "arrow_form_of_one_name", "nothing => typeof nothing", "\"undefined\"" },
        { "arrow_form_with_semicolon", "async () => { return 7 };", "7" },
        { "called_arrow_form", "(async () => 8)()", "8" },
        { "memory_catch_and_retry", "let n = 0; for (let i = 0; i < 3; i++) { const a = []; try { for (;;) a.push(new Uint8Array(1e6)) } catch (e) { n++ } } return n", "3" },
        { "big_integers_stay_exact", "const r = await api.xo.big({}); return [r.id, typeof r.id]", """["9007199254740993","string"]""" },
        { "state_between_jobs_same_caller", "const before = globalThis.left ?? null; globalThis.left = 's3cret'; return before", "null" },
        { "sort_comparator_reentry", "const a = [3, 1, 2]; a.sort((x, y) => { a.length = 0; return x - y }); return a.length <= 3", "true" },
        { "hypergate_object_is_frozen", "try { hypergate.search = 1 } catch (e) { return [e.name, Object.isFrozen(hypergate.backends)] }", """["TypeError",true]""" },
    };

    /// <summary>Name, script, and the codes of which it may fail with one.</summary>
    public static TheoryData<string, string, string> Ended => new()
    {
        { "import_static", "import fs from 'node:fs'; return 1", "syntax_error" },
        { "import_meta", "return import.meta", "syntax_error" },
        { "typescript_annotation", "const a: number = 1; return a", "syntax_error" },
        { "infinite_loop", "while (true) {}", "cpu_limit" },
        { "infinite_loop_in_catch", "try { while (true) {} } catch (e) { while (true) {} }", "cpu_limit" },
        { "infinite_loop_in_finally", "try { while (true) {} } finally { return 1 }", "cpu_limit" },
        { "infinite_microtasks", "for (;;) await null", "cpu_limit" },
        { "infinite_getter_on_result", "return { get a() { for (;;); } }", "cpu_limit" },
        { "infinite_toJSON", "return { toJSON() { for (;;); } }", "cpu_limit" },
        { "infinite_toString_of_thrown", "throw { get message() { for (;;); } }", "cpu_limit" },
        { "native_loop_array_join", "return new Array(2147483647).join('x').length", "timeout|memory_limit|script_error" },
        { "native_loop_index_of", "return [].indexOf.call({ length: 2 ** 53 - 1 }, 1)", "timeout" },
        { "string_raw_huge", "return String.raw({ raw: { length: 2 ** 53 - 1 } })", "timeout|cpu_limit|memory_limit" },
        { "regex_backtracking", "return /^(x+x+)+y$/.test('x'.repeat(60))", "cpu_limit|timeout" },
        { "regex_backtracking_json_path", "return /^(\\$|\\.|\\w+|\\[\\w+\\])+$/.test('$' + '.aa'.repeat(40) + '!')", "cpu_limit|timeout" },
        { "bigint_power_tower", "let n = 3n; for (;;) n = n ** 3n", "cpu_limit|timeout|memory_limit|script_error" },
        { "date_loop", "for (;;) new Date()", "cpu_limit" },
        { "memory_array_growth", "const a = []; for (;;) a.push(new Array(1000).fill(1))", "memory_limit|cpu_limit" },
        { "memory_string_doubling", "let s = 'x', a = []; for (;;) { s += s.slice(0, 1e6); a.push(s) }", "memory_limit|script_error|cpu_limit" },
        { "memory_typed_array", "const a = []; for (;;) a.push(new Uint8Array(1e6))", "memory_limit" },
        { "memory_map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'x' + i)", "memory_limit|cpu_limit" },
        { "memory_closures", "const a = []; for (;;) { const b = new Array(100); a.push(() => b) }", "memory_limit|cpu_limit" },
        { "promise_flood", "const a = []; for (let i = 0; i < 1e7; i++) a.push(Promise.resolve(i)); await Promise.all(a)", "memory_limit|cpu_limit" },
        { "recursion_function", "const f = () => f() + 1; f()", "stack_overflow" },
        { "recursion_json_stringify", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return JSON.stringify(a).length", "stack_overflow|memory_limit" },
        { "recursion_json_parse", "return JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))", "stack_overflow" },
        { "recursion_eval_parentheses", "return eval('('.repeat(1e5) + '1' + ')'.repeat(1e5))", "stack_overflow|syntax_error|script_error" },
        { "recursion_proxy_get", "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x", "stack_overflow" },
        { "recursion_flat", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a.flat(Infinity).length", "stack_overflow" },
        { "deep_return", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a", "stack_overflow" },
        { "cyclic_return", "const a = {}; a.a = a; return a", "script_error" },
        { "huge_return", "return 'x'.repeat(1e7)", "output_limit" },
        { "return_of_escapes", "return '\\u0000'.repeat(3e6)", "output_limit" },
        { "huge_error_message", "throw new Error('x'.repeat(1e7))", "script_error" },
        { "huge_argument", "await api.xo.echo({ a: 'x'.repeat(1e7) })", "invalid_input" },
        { "endless_wait", "await new Promise(() => {})", "script_error" },
        { "uncaught_tool_error", "await api.xo.fail({})", "not_found" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task An_attempt_sees_nothing_but_its_isolate(string name, string script, string returned)
    {
        var end = await sandbox.RunAsync(script, Answer, """{"deep":{"a":1}}""");

        Assert.True(end.Fault is null, $"{name}: {end.Fault}");
        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(returned)), JsonSerializer.Serialize(JsonElement.Parse(end.Json!)));
        await TheNextRuns();
    }

    [Theory]
    [MemberData(nameof(Ended))]
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
