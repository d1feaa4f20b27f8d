using System.Diagnostics;
using System.Text;
using Hypergate.Model;

namespace Hypergate.Tests.Scripting;

/// <summary>Programs that try to see or take more than they may. After each, the next program runs.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class JqSafetyTests(TestSandbox sandbox)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("jq_option_injection", "--version")]
    [InlineData("jq_option_injection_file", "-f")]
    [InlineData("jq_option_injection_rawfile", "--rawfile a /etc/passwd $a")]
    [InlineData("jq_option_injection_library", "-L/etc")]
    [InlineData("jq_import", "import \"/etc/passwd\" as $p; $p")]
    [InlineData("jq_include", "include \"/etc/passwd\"; .")]
    [InlineData("jq_import_data", "import \"a\" as $a {search:\"/etc\"}; $a")]
    [InlineData("jq_halt_error", "\"x\" | halt_error")]
    [InlineData("jq_input_twice", "input")]
    [InlineData("jq_infinite", "def f: f; f")]
    [InlineData("jq_repeat", "[repeat(1)]")]
    [InlineData("jq_range_bomb", "[range(1e12)] | length")]
    [InlineData("jq_string_multiply", "\"x\" * 1e10 | length")]
    [InlineData("jq_deep_recursion", "def f: 1 + f; f")]
    [InlineData("jq_output_bomb", "range(1e9)")]
    [InlineData("jq_until_forever", "until(false; .)")]
    [InlineData("jq_nested_array", "reduce range(20000) as $i (1; [.])")]
    public async Task An_attempt_fails_and_the_next_program_runs(string name, string program)
    {
        var started = Stopwatch.StartNew();

        var result = await Run(program, "1");

        Assert.True(result.Error is not null, $"{name} ended with {string.Join(' ', result.Outputs.Take(3).Select(static output => Encoding.UTF8.GetString(output.Span[..Math.Min(100, output.Length)])))}");
        Assert.DoesNotContain("root:", result.Error, StringComparison.Ordinal);
        Assert.InRange(started.Elapsed, TimeSpan.Zero, Bound);
        await TheNextRuns();
    }

    [Trait("case", "jq_env")]
    [Fact]
    public async Task The_environment_of_a_program_is_made_up()
    {
        var outputs = (await Run("env, $ENV", "1")).Outputs.Select(static output => Encoding.UTF8.GetString(output.Span)).ToList();

        Assert.Equal(2, outputs.Count);
        Assert.All(outputs, static text =>
        {
            Assert.Contains("web_user", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Environment.UserName == "web_user" ? "\0" : Environment.UserName, text.Replace("/home/web_user", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });
    }

    [Trait("case", "jq_input_filename")]
    [Trait("case", "jq_input_loop")]
    [Theory]
    [InlineData("input_filename", "\"/dev/stdin\"")]
    [InlineData("[inputs]", "[]")]
    [InlineData("1, halt, 2", "1")]
    [InlineData("$__prog_args", null)]
    [InlineData("get_search_list[0]", "\"~/.jq\"")]
    public async Task What_could_tell_of_the_machine_tells_nothing(string program, string? first)
    {
        var result = await Run(program, "1");

        Assert.Equal(first, result.Outputs.Count == 0 ? null : Encoding.UTF8.GetString(result.Outputs[0].Span));
        await TheNextRuns();
    }

    [Trait("case", "jq_regex")]
    [Fact]
    public async Task A_regular_expression_that_never_matches_ends()
    {
        var result = await Run("""test("(x+x+)+y")""", $"\"{new string('x', 40)}\"");

        Assert.True(result.Error is not null || result.Outputs.Count == 1);
        await TheNextRuns();
    }

    [Trait("case", "jq_deep_input")]
    [Fact]
    public async Task An_input_nested_too_deeply_is_an_error()
    {
        var result = await Run("1", new string('[', 20_000) + new string(']', 20_000));

        Assert.NotNull(result.Error);
        await TheNextRuns();
    }

    [Fact]
    public async Task An_input_beyond_a_line_is_refused_and_costs_nobody_a_worker()
    {
        var result = await Run("length", $"\"{new string('x', 17 * 1024 * 1024)}\"");

        Assert.Contains("16 MB", result.Error, StringComparison.Ordinal);
        await TheNextRuns();
    }

    [Fact]
    public async Task What_a_program_left_behind_is_not_there_for_the_next()
    {
        await Run("def secret: 1; . as $kept | secret", "\"s3cret\"");

        var result = await Run("[., $__loc__.file, (try error(\"x\") catch .)] | tostring", "null");

        Assert.DoesNotContain("s3cret", Encoding.UTF8.GetString(Assert.Single(result.Outputs).Span), StringComparison.Ordinal);
        Assert.Contains("secret/0 is not defined", (await Run("secret", "null")).Error, StringComparison.Ordinal);
    }

    private async Task TheNextRuns()
    {
        var next = await Run(". + 1", "41");
        Assert.Null(next.Error);
        Assert.Equal("42", Encoding.UTF8.GetString(Assert.Single(next.Outputs).Span));
    }

    private ValueTask<TransformResult> Run(string program, string input) =>
        sandbox.Sandbox.Transform(program, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
}
