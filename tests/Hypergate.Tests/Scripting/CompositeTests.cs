using System.Text.Json;
using Hypergate.Model;

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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Sandbox.Composite("for (;;) await api.get({})", JsonElement.Parse("{}"), async (_, _, token) =>
        {
            await Task.Delay(50, token);
            return JsonElement.Parse("1");
        }, limit.Token));
    }

    private Task<CompositeResult> Run(string code, string parameters, Func<string, JsonElement, JsonElement> answer) => sandbox.Sandbox.Composite(
        code, JsonElement.Parse(parameters), (tool, arguments, _) => Task.FromResult(answer(tool, arguments)), TestContext.Current.CancellationToken);
}
