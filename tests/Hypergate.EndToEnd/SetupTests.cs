using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.EndToEnd;

/// <summary><c>hypergate setup</c> with the real program: what it tries, shows, stores and writes.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    private string Settings => Path.Combine(_folder.Path, "hypergate.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_platform_that_answers_is_written_and_its_secret_is_not()
    {
        await using var cloud = await StartAsync(tls: true);

        var unknown = await SetupAsync(cloud.Password, cloud, "--user", cloud.User);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains(cloud.Fingerprint, unknown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Requests.All, static _ => true);
        Assert.False(File.Exists(Settings));

        var done = await SetupAsync(cloud.Password, cloud, "--user", cloud.User, "--fingerprint", cloud.Fingerprint, "--profile", "operator", "--tags", "VMs,Nodes");
        Assert.True(done.ExitCode == 0, done.Output + done.Error);
        Assert.Contains("User: admin", done.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(cloud.Password, text + done.Output + done.Error, StringComparison.Ordinal);
        Assert.Contains("tags: [\"VMs\", \"Nodes\"]", text, StringComparison.Ordinal);

        var call = await CommandRun.OfAsync(_folder, [], "call", "pxcloud_get_api_vms", """{"limit":1}""", "--config", Settings);
        Assert.True(call.ExitCode == 0, call.Error);
        Assert.All(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(cloud.Password, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_that_is_refused_leaves_no_trace()
    {
        await using var cloud = await StartAsync();

        var refused = await SetupAsync("wrong-password-0815", cloud, "--user", cloud.User, "--tags", "VMs");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("check PXCLOUD_USER and PXCLOUD_PASS", refused.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Settings));
        Assert.False(File.Exists(Path.Combine(_folder.Data, "secrets.json")));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path), static file => file.Contains("trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_platform_goes_into_the_same_file_and_a_name_is_taken_once()
    {
        await using var cloud = await StartAsync();
        await using var xo = await Xo.StartAsync();
        _folder.Write("hypergate.yaml", $$"""
            # mine
            backends:
            - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }   # stays
            surfaces: [search]
            """);

        var added = await SetupAsync(cloud.Password, cloud, "--user", cloud.User, "--name", "cloud");
        var again = await SetupAsync(cloud.Password, cloud, "--user", cloud.User, "--name", "cloud");
        var check = await CommandRun.OfAsync(_folder, [], "check", "--config", Settings);

        Assert.True(added.ExitCode == 0, added.Output + added.Error);
        Assert.Contains("# stays", await File.ReadAllTextAsync(Settings, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, check.ExitCode);
        Assert.Equal(2, check.Output.Split("successful").Length - 1);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("With this entry the settings cannot be used", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_nobody_gives_is_missed_before_anything_is_tried()
    {
        await using var cloud = await StartAsync();

        var run = await CommandRun.OfAsync(_folder, [], "setup", "pxcloud", "--url", cloud.Url.ToString().TrimEnd('/'), "--user", "x", "--config", Settings);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The password is missing", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Requests.All, static request => request.Target != "/");
    }

    [Theory]
    [InlineData("setup needs kind")]
    [InlineData("setup needs --url", "pxcloud")]
    [InlineData("must be an http or https address", "pxcloud", "--url", "pxcloud.example.com")]
    [InlineData("must not hold a user name", "pxcloud", "--url", "https://a:b@pxcloud.example.com")]
    [InlineData("setup needs --token-id or --user", "proxmox-ve", "--url", "https://pve:8006")]
    [InlineData("setup needs --document", "rest", "--url", "https://api")]
    [InlineData("32 pairs of hexadecimal digits", "pxcloud", "--url", "https://127.0.0.1:9", "--fingerprint", "abc")]
    public async Task What_is_missing_or_wrong_is_named(string expected, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(_folder, [], ["setup", .. arguments, "--config", Settings]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Settings));
    }

    private static Task<PxCloudSimulator> StartAsync(bool tls = false) =>
        PxCloudSimulator.StartAsync(new PxCloudOptions { Tls = tls }, TimeProvider.System, TestContext.Current.CancellationToken);

    private Task<CommandRun> SetupAsync(string secret, PxCloudSimulator cloud, params string[] arguments) =>
        CommandRun.WithInputAsync(_folder, secret + "\n", [], ["setup", "pxcloud", "--url", cloud.Url.ToString().TrimEnd('/'), .. arguments, "--config", Settings]);
}
