using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>Settings that cannot be used: one line on standard error, exit code 1, nothing started.</summary>
public sealed class SettingsErrorTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("XO_URL is required")]
    [InlineData("either XO_TOKEN or both XO_USERNAME and XO_PASSWORD", "XO_URL=http://127.0.0.1:9")]
    [InlineData("either XO_TOKEN or both XO_USERNAME and XO_PASSWORD", "XO_URL=http://127.0.0.1:9", "XO_USERNAME=admin")]
    [InlineData("XO_URL must be an http or https address", "XO_URL=xo.example.com", "XO_TOKEN=t")]
    [InlineData("XO_URL must not hold a user name or password", "XO_URL=https://a:b@xo.example.com", "XO_TOKEN=t")]
    [InlineData("XO_TOKEN cannot be a token: it holds ", "XO_URL=https://xo.example.com", "XO_TOKEN=a b;c")]
    [InlineData("XO_PASSWORD must not hold a colon", "XO_URL=https://xo.example.com", "XO_USERNAME=admin", "XO_PASSWORD=a:b")]
    public async Task Wrong_variables_are_named(string text, params string[] variables)
    {
        var run = await CommandRun.OfAsync(_folder, [.. variables.Select(static pair => pair.Split('=', 2)).Select(static pair => (pair[0], pair[1]))]);

        AssertRefused(run, text);
    }

    [Theory]
    [InlineData("nosuch: 1\nbackends: []\n", "nosuch", ":1:")]
    [InlineData("backends:\n  - name: a\n    kind: xen-orchestra\n    url: http://127.0.0.1:9\n    auth: { token: t }\n    actoins: true\n", "actoins", "actions")]
    [InlineData("backends:\n  - name: a\n    kind: vmware\n    url: http://127.0.0.1:9\n    auth: { token: t }\n", "kind", "xen-orchestra")]
    [InlineData("backends:\n  - name: a\n    kind: xen-orchestra\n    auth: { token: t }\n", "url", ":2:")]
    [InlineData("backends:\n  - name: a\n    kind: xen-orchestra\n    url: http://127.0.0.1:9\n    auth: { token: \"${env:NOT_SET_ANYWHERE}\" }\n", "NOT_SET_ANYWHERE", ":5:")]
    [InlineData("backends:\n  - name: a\n   kind: [\n", "hypergate.yaml", ":3:")]
    public async Task Wrong_files_are_answered_with_key_and_line(string yaml, string key, string word)
    {
        var file = _folder.Write("hypergate.yaml", yaml);
        var run = await CommandRun.OfAsync(_folder, [], "--config", file);

        AssertRefused(run, key);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var run = await CommandRun.OfAsync(_folder, [], "--config", "/nowhere/hypergate.yaml");

        AssertRefused(run, "/nowhere/hypergate.yaml");
    }

    private static void AssertRefused(CommandRun run, string text)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("Fatal error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(text, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(static c => c == '\n'));
    }
}
