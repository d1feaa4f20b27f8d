using System.Text.Json;
using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Simulator;

namespace Hypergate.Tests.Scripting;

[Collection(SandboxWorkers.Name)]
public sealed class CompositeTests(TestSandbox sandbox)
{
    [Fact]
    public async Task A_composite_calls_tools_of_its_backend_and_returns_json()
    {
        var result = await Run("const a = await api.get_one({ id: params.id }); console.log('seen', a.name); return { name: a.name, missing: params.none }", """{"id":7}""", static (tool, arguments) =>
            JsonElement.Parse($$"""{"name":"{{tool}} {{arguments.GetProperty("id")}}"}"""));

        Assert.Null(result.Error);
        Assert.Equal("""{"name":"get_one 7"}""", result.Value.GetRawText());
        Assert.Equal(["seen get_one 7"], result.Log);
    }

    [Fact]
    public async Task A_failed_call_can_be_caught_and_else_fails_the_composite_with_its_code_and_status()
    {
        static JsonElement Fail(string tool, JsonElement arguments) => throw new ToolCallException(tool, new("not_found", "no such thing") { HttpStatus = 404, ProviderCode = "X1", Attempts = 2 });

        var caught = await Run("try { await api.get({}) } catch (e) { return [e.code, e.http_status, e.provider_code, e.tool] }", "{}", Fail);
        var failed = await Run("await api.get({})", "{}", Fail);

        Assert.Equal("""["not_found",404,"X1","get"]""", caught.Value.GetRawText());
        Assert.Equal(("not_found", "no such thing", 404, "X1", 2), (failed.Error!.Code, failed.Error.Message, failed.Error.HttpStatus, failed.Error.ProviderCode, failed.Error.Attempts));
    }

    [Fact]
    public async Task An_error_of_its_own_names_the_line()
    {
        var result = await Run("const a = 1\nthrow new Error('no')", "{}", static (_, _) => default);

        Assert.Equal(("script_error", "Error: no (line 2)"), (result.Error!.Code, result.Error.Message));
    }

    [Fact]
    public async Task More_calls_than_it_may_make_end_it_whatever_it_catches()
    {
        var calls = 0;
        var result = await Run("for (let i = 0; i < 60; i++) try { await api.get({}) } catch (e) {} return 'done'", "{}", (_, _) =>
        {
            calls++;
            return JsonElement.Parse("1");
        });

        Assert.Equal("call_limit", result.Error?.Code);
        Assert.Equal(50, calls);
    }

    [Fact]
    public async Task Its_callers_time_limit_ends_it()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Composite("for (;;) await api.get({})", JsonElement.Parse("{}"), async (_, _, token) =>
        {
            await Task.Delay(50, token);
            return JsonElement.Parse("1");
        }, limit.Token));
    }

    [Fact]
    public async Task The_seconds_of_the_settings_end_it_and_are_named()
    {
        var time = new SteppedTime();
        var host = new CompositeHost(sandbox.Pool, new ScriptLimits { CompositeSeconds = 7 }, time);
        var called = new TaskCompletionSource();

        var run = host.RunAsync("await api.get({})", JsonElement.Parse("{}"), async (_, _, token) =>
        {
            called.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return default;
        }, TestContext.Current.CancellationToken);
        await called.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(7));
        var error = (await run).Error!;

        Assert.Equal(("timeout", "It did not end within 7 s (scripting.limits.compositeSeconds); what it has changed by then stays."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("await api.get({ text: 'x'.repeat(2000) })", "invalid_input", "longer than 1 kB (scripting.limits.argumentKilobytes)")]
    [InlineData("await api.get({})", "too_large", "more than 1 MB (scripting.limits.resultMegabytes)")]
    [InlineData("const f = n => f(n + 1) + 1; return f(0)", "stack_overflow", "16 kB of stack (scripting.limits.stackKilobytes)")]
    public async Task A_limit_of_the_settings_holds_and_is_named(string code, string expected, string words)
    {
        var host = new CompositeHost(sandbox.Pool, new ScriptLimits { ArgumentKilobytes = 1, ResultMegabytes = 1, StackKilobytes = 16 }, TimeProvider.System);

        var error = (await host.RunAsync(code, JsonElement.Parse("{}"), static (_, _, _) => Task.FromResult(JsonSerializer.SerializeToElement(new string('x', 1_100_000))), TestContext.Current.CancellationToken)).Error!;

        Assert.Equal(expected, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private Task<CompositeResult> Composite(string code, JsonElement parameters, CompositeCall call, CancellationToken cancellation) => sandbox.Sandbox.Composite(static _ => new ScriptLimits())(Caller.LocalUser, code, parameters, call, cancellation);

    private Task<CompositeResult> Run(string code, string parameters, Func<string, JsonElement, JsonElement> answer) => Composite(
        code, JsonElement.Parse(parameters), (tool, arguments, _) => Task.FromResult(answer(tool, arguments)), TestContext.Current.CancellationToken);
}
