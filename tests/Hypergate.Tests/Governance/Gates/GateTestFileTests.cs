using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Tests.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Governance.Gates;

/// <summary>Tests of gates that lie beside them, as <c>hypergate gates test</c> runs them and as they guard a change of the settings.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class GateTestFileTests : IDisposable
{
    private const string Settings = """
        backends: [{ name: xo, kind: xen-orchestra, url: 'https://xo.example.org', auth: { token: not-a-token } }]
        runGateTests: true
        gates:
          - name: small
            script: gates/small.js
            when: { operations: [CreateVm] }
          - name: no-night
            when: { operations: ["*Reboot*"] }
            before: { deny: "Reboots wait.", notify: webhook }
          - name: two
            when: { operations: [CreateVm] }
            before: { confirm: four-eyes }
          - name: mail
            after: { mask: [email] }
        approvals: { webhook: { url: "http://127.0.0.1:1/", secret: "not-a-secret-but-long" } }
        """;

    private const string Script = "function (ctx) { if (ctx.args.body.memory > 100) throw 'At most 100.'; ctx.args.body.tags = ['by-assistant'] }";

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-gates-").FullName;

    public GateTestFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "gates"));
        Write("hypergate.yaml", Settings);
        Write("gates/small.js", Script);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Tests_beside_settings_and_scripts_are_found_and_pass()
    {
        Write("reboots.gate-test.yaml", """
            tests:
              - { name: a reboot waits, call: { operation: CleanRebootVm }, expect: { refused: Reboots wait } }
              - { name: a start does not, call: { operation: StartVm, args: { id: "1" } }, expect: { args: { id: "1" }, confirm: none } }
              - name: mail is hidden
                call: { operation: GetUser, access: read }
                result: { email: "a@b.example", age: 7 }
                expect: { result: { email: "[EMAIL]", age: 7 } }
            """);
        Write("gates/small.gate-test.yaml", """
            tests:
              - { name: large, call: { operation: CreateVm, args: { body: { memory: 200 } } }, expect: { refused: true } }
              - { name: tagged, call: { operation: CreateVm, args: { body: { memory: 50 } } }, expect: { args: { body: { memory: 50, tags: [by-assistant] } }, confirm: four-eyes } }
            """);

        var results = await RunAsync();

        Assert.Equal(5, results.Count);
        Assert.All(results, static result => Assert.Null(result.Failure));
        Assert.StartsWith("small.gate-test.yaml:2: large", results[0].Name, StringComparison.Ordinal);
        await Run().CheckAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("{ refused: Too large }", "expected a refusal with 'Too large', but it is refused with 'At most 100.'")]
    [InlineData("{ refused: false }", "is refused: At most 100.")]
    [InlineData("{ args: { body: { memory: 200 } } }", "is refused: At most 100.")]
    public async Task A_test_that_fails_says_how_and_keeps_settings_out(string expected, string told)
    {
        Write("a.gate-test.yaml", $"tests:\n  - {{ name: large, call: {{ operation: CreateVm, args: {{ body: {{ memory: 200 }} }} }}, expect: {expected} }}\n");

        Assert.Equal(told, Assert.Single(await RunAsync()).Failure);
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => Run().CheckAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"a.gate-test.yaml:2: large: {told}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ refused: true }", "expected a refusal, but nothing refuses it")]
    [InlineData("{ args: { id: '2' } }", "expected args {\"id\":\"2\"}, but found {\"id\":\"1\"}")]
    [InlineData("{ result: 1 }", "expected result 1, but found none")]
    [InlineData("{ confirm: approve }", "expected confirm approve, but it is none")]
    public async Task What_is_otherwise_is_told(string expected, string told)
    {
        Write("a.gate-test.yaml", $"tests:\n  - {{ name: start, call: {{ operation: StartVm, args: {{ id: '1' }} }}, expect: {expected} }}\n");

        Assert.Equal(told, Assert.Single(await RunAsync()).Failure);
    }

    [Theory]
    [InlineData("tests: []", "tests")]
    [InlineData("tests:\n  - { name: a, call: { operation: X }, expects: {} }", "a.gate-test.yaml:2: tests[0].expects is not a known property; did you mean 'expect'")]
    [InlineData("tests:\n  - { name: a, call: { operation: X }, expect: {} }", "a.gate-test.yaml:2: expect says nothing")]
    [InlineData("tests:\n  - { name: a, call: { operatio: X }, expect: { refused: true } }", "a.gate-test.yaml:2: call knows no 'operatio'; did you mean 'operation'?")]
    [InlineData("tests: [", "a.gate-test.yaml:")]
    public async Task A_file_that_is_no_test_names_its_line(string text, string told)
    {
        Write("a.gate-test.yaml", text);

        Assert.Contains(told, (await Assert.ThrowsAsync<SettingsException>(() => Run().CheckAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_tests_depend_on_is_watched_with_the_settings_and_nothing_else()
    {
        Write("a.gate-test.yaml", "tests: []");
        var file = Path.Combine(_folder, "hypergate.yaml");

        Assert.Equal([file, Path.Combine(_folder, "gates", "small.js"), Path.Combine(_folder, "a.gate-test.yaml")], GateTestRun.Watched(file, Reading().Settings));
        Assert.Equal([file], GateTestRun.Watched(file, Reading().Settings with { RunGateTests = false }));
    }

    [Fact]
    public void Beside_a_script_only_the_tests_of_its_name_count()
    {
        Write("gates/small.gate-test.yaml", "tests: []");
        Write("gates/other.gate-test.yaml", "tests: []");

        Assert.Equal([Path.Combine(_folder, "gates", "small.gate-test.yaml")], GateTestFile.Beside(Path.Combine(_folder, "gates", "small.js"), []));
    }

    [Fact]
    public void A_report_needs_somewhere_to_go()
    {
        Write("hypergate.yaml", Settings[..Settings.IndexOf("approvals:", StringComparison.Ordinal)]);

        Assert.Contains("gates[1].before.notify needs approvals.webhook", Assert.Throws<SettingsException>(Reading).Message, StringComparison.Ordinal);
    }

    private GateTestRun Run() => new(Reading(), Sources, NullLoggerFactory.Instance, TimeProvider.System);

    private SettingsSources Sources => new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal), ConfigPath = Path.Combine(_folder, "hypergate.yaml"), WorkingFolder = _folder, Home = _folder };

    private SettingsReading Reading() => SettingsReading.Load(Sources);

    private async Task<List<(string Name, string? Failure)>> RunAsync()
    {
        var results = new List<(string, string?)>();
        await foreach (var result in Run().RunAsync(Path.Combine(_folder, "hypergate.yaml"), TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
