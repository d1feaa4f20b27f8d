using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>The forms in which scripts, their data and their arguments come, and what is told of those that do not fit.</summary>
public sealed class ScriptFormTests(ScriptFormTests.Shared shared) : IClassFixture<ScriptFormTests.Shared>
{
    private readonly GatewayUnderTest _gateway = shared.Gateway;

    [Theory]
    [InlineData("// what it does\nasync () => { return 12 }")]
    [InlineData("/* what\n it does */\n// twice\n() => 12;")]
    [InlineData("// what it does\nreturn 12")]
    [InlineData("```js\n// what it does\nasync () => 12\n```")]
    public async Task A_comment_in_front_makes_no_difference(string code) => Assert.Equal("12", (await _gateway.RunAsync(code)).Result);

    [Theory]
    [InlineData("```js\nconst a = 1\nfoo.bar()\n```", 3)]
    [InlineData("\n\n```js\nfoo.bar()\n```\n", 4)]
    [InlineData("\n\nfoo.bar()", 3)]
    public async Task Lines_are_those_of_the_text_that_the_caller_sent(string code, int line)
    {
        var error = (await _gateway.RunAsync(code)).GetProperty("error");

        Assert.Equal((line, "foo.bar()"), (error.GetProperty("line").GetInt32(), error.GetProperty("source").GetString()));
    }

    [Theory]
    [InlineData("const x: number = 1\nreturn x", 1, 8, "       ^")]
    [InlineData("const a = 1\n  const b = \"abc\nreturn b", 2, 13, "          ^")]
    [InlineData("interface A { x: number }", 1, 1, "^")]
    [InlineData("  return 1 +", 1, 13, "          ^")]
    [InlineData("const a = 1\nconst b = = 2\nconst c = a", 2, 11, "          ^")]
    [InlineData("for (let i = 0; i < 3 i++) {}", 1, 23, "                      ^")]
    [InlineData("let same = 1; let same = 2", 1, 19, "                  ^")]
    [InlineData("const o = {\n  a: 1,\n  text: 'é€' b: 2 }", 3, 14, "           ^")]
    public async Task A_fault_of_the_syntax_has_its_place_and_a_caret_under_the_line(string code, int line, int column, string caret)
    {
        var error = (await _gateway.RunAsync(code)).GetProperty("error");

        Assert.Equal(("syntax_error", line, column, caret), (error.GetProperty("code").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32(), error.GetProperty("caret").GetString()));
        Assert.Equal(code.Split('\n')[line - 1].Trim(), error.GetProperty("source").GetString());
        Assert.Contains("write plain JavaScript", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new Date()")]
    [InlineData("{ toJSON: () => [1] }")]
    [InlineData("{ toJSON: () => undefined }")]
    [InlineData("[]")]
    [InlineData("'id'")]
    [InlineData("null")]
    [InlineData("{}, {}")]
    public async Task What_is_no_plain_object_is_refused_as_an_argument(string argument) =>
        Assert.Equal("""["invalid_input","xo.GetVms","xo",false]""", (await _gateway.RunAsync($"try {{ return await api.xo.GetVms({argument}) }} catch (error) {{ return [error.code, error.tool, error.backend, error.sent] }}")).Result);

    [Fact]
    public async Task Large_integers_of_args_keep_their_digits() =>
        Assert.Equal("""{"large":"9007199254740993","small":7,"list":["-9007199254740993"]}""", (await _gateway.RunAsync("return args", ",\"args\":{\"large\":9007199254740993,\"small\":7,\"list\":[-9007199254740993]}")).Result);

    [Theory]
    [InlineData("'2'", "2")]
    [InlineData("2n", "2")]
    [InlineData("'02'", "\"invalid_input\"")]
    [InlineData("'two'", "\"invalid_input\"")]
    public async Task Integer_arguments_take_digits_as_text(string limit, string result) =>
        Assert.Equal(result, (await _gateway.RunAsync($"try {{ return (await api.GetVms({{ limit: {limit} }})).length }} catch (error) {{ return error.code }}")).Result);

    [Theory]
    [InlineData("api.xo.GetVms({ limt: 1 })", """["invalid_input",["limit"]]""")]
    [InlineData("api.xo.GetVm({})", """["invalid_input",["id"]]""")]
    [InlineData("api.xo.PutVmTag({ id: 'x', tga: 'y' })", """["invalid_input",["tag"]]""")]
    [InlineData("api.xo.StrtVm({})", """["unknown_operation",["xo.StartVm"]]""")]
    [InlineData("api.xoo.StartVm({})", """["unknown_operation",["xo.StartVm"]]""")]
    public async Task Candidates_are_names_as_scripts_write_them(string call, string told) =>
        Assert.Equal(told, (await _gateway.RunAsync($"try {{ return await {call} }} catch (error) {{ return [error.code, error.candidates.slice(0, 1)] }}")).Result);

    [Fact]
    public async Task Text_counts_in_bytes() => Assert.Equal("code_too_large", (await _gateway.RunAsync($"return '{new string('é', 40_000)}'.length")).ErrorCode);

    [Theory]
    [InlineData("const f = n => f(n + 1); f(0)", "64 kB")]
    [InlineData("return new Uint8Array(200000000).length", "64 MB")]
    public async Task A_limit_tells_its_value(string code, string value) => Assert.Contains(value, (await _gateway.RunAsync(code)).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);

    public sealed class Shared : IAsyncLifetime
    {
        internal GatewayUnderTest Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

        public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
    }
}
