using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;
using Hypergate.Tests.Host.Settings;

namespace Hypergate.Tests.Host.Credentials;

public sealed class SecretStoreTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_comes_back_and_lies_nowhere_in_clear()
    {
        await SetAsync("xo/anna", "swordfish-1234");

        Assert.Equal("swordfish-1234", Store().Find("xo/anna"));
        Assert.Null(Store().Find("xo/bob"));
        Assert.Equal(["xo/anna"], Store().Names());
        Assert.All(Directory.EnumerateFiles(Data), static file =>
        {
            Assert.DoesNotContain("swordfish", File.ReadAllText(file), StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    [Fact]
    public async Task A_value_under_another_name_a_changed_one_and_another_key_cannot_be_opened()
    {
        await SetAsync("one", "first-value");
        await SetAsync("two", "second-value");
        var path = Path.Combine(Data, "secrets.json");
        var text = File.ReadAllText(path);
        var swapped = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        var (one, two) = (swapped["entries"]!["one"]!.GetValue<string>(), swapped["entries"]!["two"]!.GetValue<string>());
        swapped["entries"]!["one"] = two;
        swapped["entries"]!["two"] = one;

        File.WriteAllText(path, swapped.ToJsonString());
        Assert.Contains("cannot be opened", Assert.Throws<SettingsException>(() => Store().Find("one")).Message, StringComparison.Ordinal);
        File.WriteAllText(path, text);
        Assert.Contains("cannot be opened", Assert.Throws<SettingsException>(() => Store(("HYPERGATE_KEY", "quite another passphrase")).Find("one")).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SettingsException>(() => SetAsync("three", "x", ("HYPERGATE_KEY", "quite another passphrase")));
        Assert.Equal("first-value", Store().Find("one"));
    }

    [Fact]
    public async Task A_passphrase_of_the_environment_is_a_key_and_leaves_no_file()
    {
        await SetAsync("one", "value-1", ("HYPERGATE_KEY", "a long enough passphrase"));

        Assert.Equal("value-1", Store(("HYPERGATE_KEY", "a long enough passphrase")).Find("one"));
        Assert.False(File.Exists(Path.Combine(Data, "secrets.key")));
        Assert.Contains("secrets.key is missing", Assert.Throws<SettingsException>(() => Store().Find("one")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_refer_to_secrets_and_a_missing_one_is_told_with_what_to_do()
    {
        await SetAsync("xo", "t0ken-of-xo");
        string Yaml(string name) => $$$"""
            backends:
              - { name: xo, kind: xen-orchestra, url: "https://xo", auth: { token: "${secret:{{{name}}}}" } }
            """;

        Assert.Equal("t0ken-of-xo", _folder.LoadFile(Yaml("xo"), ("HYPERGATE_DATA", Data)).Settings.Backends[0].Auth.Token!.Reveal());
        Assert.Contains("needs the secret gone, which is not in the store; run: hypergate secrets set gone", _folder.RefusalOf(Yaml("gone"), ("HYPERGATE_DATA", Data)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_others_may_read_are_refused()
    {
        await SetAsync("one", "value-1");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(Data, "secrets.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Assert.Contains("chmod 600", Assert.Throws<SettingsException>(() => Store().Find("one")).Message, StringComparison.Ordinal);
    }

    private SecretStore Store(params (string, string)[] environment) => new(_folder.Sources(environment), Data);

    private Task<bool> SetAsync(string name, string value, params (string, string)[] environment) =>
        Store(environment).SetAsync(name, value, TimeProvider.System, TestContext.Current.CancellationToken);
}
