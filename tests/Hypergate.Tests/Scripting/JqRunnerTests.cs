using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tests.Scripting;

[Collection(SandboxWorkers.Name)]
public sealed class JqRunnerTests(TestSandbox sandbox)
{
    public static TheoryData<string> Programs => [.. JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", "programs.json")))
        .RootElement.EnumerateArray().Select(static entry => entry.GetProperty("from").GetString()!)];

    [Theory]
    [InlineData(".[0].a", """[{"a":1}]""", "1")]
    [InlineData(".[]", "[1,2,3]", "1", "2", "3")]
    [InlineData("empty", "{}")]
    [InlineData(".", """{"id":12345678901234567890,"price":1.10,"text":"é\u0000"}""", """{"id":12345678901234567890,"price":1.10,"text":"é\u0000"}""")]
    [InlineData("{relay_on: [1,2] | length > 0}", "null", """{"relay_on":true}""")]
    [InlineData("-1", "null", "-1")]
    public async Task A_program_gives_its_outputs_in_order(string program, string input, params string[] outputs)
    {
        var result = await Run(program, input);

        Assert.Null(result.Error);
        Assert.Equal(outputs, result.Outputs.Select(static output => Encoding.UTF8.GetString(output.Span)));
    }

    [Theory]
    [InlineData(".a", "[1]", "Cannot index array with string (\"a\")")]
    [InlineData("error(\"no\")", "1", "no")]
    [InlineData(".a |", "1", "line 1")]
    [InlineData("nonsense", "1", "nonsense/0 is not defined")]
    public async Task A_program_that_fails_says_why_in_the_engines_words(string program, string input, string words)
    {
        var result = await Run(program, input);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("jq:", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Outputs);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_of_a_registry_file_compiles(string from)
    {
        Assert.Null(await new Hypergate.Scripting.JqRunner(sandbox.Pool).CheckAsync(ProgramOf(from), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_that_does_not_compile_is_found_without_running_it()
    {
        Assert.Contains("syntax error", await new Hypergate.Scripting.JqRunner(sandbox.Pool).CheckAsync("map(", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_program_of_opnsense_takes_secrets_out_at_any_depth()
    {
        var result = await Run(ProgramOf("opnsense.dadl:defaults"), """{"vpn":[{"privkey":"s3cret","port":"1194"}],"%prv":"s3cret"}""");

        Assert.Null(result.Error);
        var text = Encoding.UTF8.GetString(Assert.Single(result.Outputs).Span);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.Contains("1194", text, StringComparison.Ordinal);
    }

    private static string ProgramOf(string from) => JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", "programs.json")))
        .RootElement.EnumerateArray().First(entry => entry.GetProperty("from").GetString() == from).GetProperty("program").GetString()!;

    private ValueTask<TransformResult> Run(string program, string input) =>
        sandbox.Sandbox.Transform(program, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
}
