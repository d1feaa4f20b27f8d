using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What a wrong script is told: every answer says what to do next.</summary>
public sealed class RunHintsTests
{
    [Fact]
    public async Task Every_wrong_script_is_told_what_to_write_instead()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);
        foreach (var (code, words) in Wrong)
        {
            var answer = (await gateway.CallAsync("execute_code", CodeGateway.Code(code))).Structured!.Value;

            Assert.True(answer.GetRawText().Contains(words, StringComparison.Ordinal), $"{code}: {answer.GetRawText()}");
            Assert.False(answer.TryGetProperty("error", out var error) && error.TryGetProperty("column", out var column) && column.GetInt32() > code.Split('\n')[error.GetProperty("line").GetInt32() - 1].Length, answer.GetRawText());
        }
    }

    private static (string Code, string Words)[] Wrong { get; } =
    [
        ("return await api.xo.StartVmm({ id: 'x' })", "'StartVm'"),
        ("return await api.prod.GetVms()", "on any backend (xo)"),
        ("return await api.list_tools({ query: 'vm' })", "hypergate.search()"),
        ("return await api.xo.GetVms({ filtr: 'x' })", "did you mean 'filter'"),
        ("return await api.xo.GetVms({ limit: 'many' })", "must be integer"),
        ("return await api.xo.GetVm('9c')", "such as ({ id: 'x' })"),
        ("return await api.xo.GetVm({})", "'id' is missing"),
        ("const vms = api.xo.GetVms({ limit: 2 }); return vms.length", "write await before a call"),
        ("const vms = api.xo.GetVms({ limit: 2 }); return vms.map(v => v.id)", "write await before it"),
        ("return () => () => 1", "returned a function"),
        ("return api.xo.GetVms", "returned a function"),
        ("const vms = await api.xo.GetVms({ limit: 1 })", "return gives its result"),
        ("async () => { const vms = await api.xo.GetVms({ limit: 1 }) }", "return gives its result"),
        ("async ({ api }) => (await api.xo.GetVms({ limit: 1 }))[0].id", "are globals"),
        ("async function main(context) { return context.api.xo.GetVms({ limit: 1 }) }", "are globals"),
        ("return 'x'.repeat(5e6)", "Return fewer fields"),
        ("const v: string = 'a'; return v", "no type annotations"),
        ("import fs from 'node:fs'; return 1", "no import"),
        ("const fs = await import('node:fs')", "no module"),
        ("return await fetch('http://x')", "no network"),
        ("const fs = require('fs'); return 1", "no module"),
        ("await new Promise(r => setTimeout(r, 9)); return 1", "hypergate.pause"),
        ("const a = {}; a.a = a; return a", "leave out what points back"),
        ("const r = await api.xo.GetVms({ limit: 2 }); return r.items.map(x => x.id)", "another shape"),
        ("print('a')", "console.log"),
        ("console.table([1])", "console has log"),
        ("return `${api.xo}`", "are no text"),
        ("function f() { return await 1 }\nreturn f()", "await stands only in async functions"),
        ("[1].forEach(x => { await api.xo.GetVms({ limit: x }) })", "await stands only in async functions"),
        ("return structuredClone({})", "JSON.parse"),
        ("return new Intl.NumberFormat('en').format(1)", "no Intl"),
        ("total = 5; return total", "const total"),
        ("await new Promise(() => {})", "no timers or events"),
        ("hypergate.exec('ls')", "search, describe, waitTask"),
        ("for (;;);", "Compute less in one run"),
        ("for (let i = 0; i < 60; i++) await api.xo.GetHosts({ limit: 1 })", "Ask for a list"),
        ("const f = () => f() + 1; return f()", "a loop instead of recursion"),
        ("const a = [1, 2;\nreturn a", "Nothing ran"),
        ("vms = 1\nfor vm in vms:\n  print(vm)", "Nothing ran"),
    ];
}
