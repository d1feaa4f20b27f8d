using System.Diagnostics;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Deploy;

/// <summary>What stands in <c>deploy/</c> is good: every file parses, the settings in them hold, and names in one file are those in the other.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-deploy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_settings_of_compose_hold() => Check(DeployFiles.Read("compose/settings/hypergate.yaml"));

    [Fact]
    public void The_settings_of_kubernetes_hold()
    {
        Check(DeployFiles.Manifest("ConfigMap")["data"].Text("hypergate.yaml"));
    }

    [Fact]
    public void Compose_names_only_what_it_has()
    {
        var compose = DeployFiles.Documents("compose/compose.yaml").Single();
        var secrets = compose["secrets"].Keys();

        Assert.All(compose["x-gateway"]["secrets"].Texts(), name => Assert.Contains(name, secrets));
        Assert.All(DeployFiles.Read("compose/settings/hypergate.yaml").Split("${file:/run/secrets/").Skip(1), rest => Assert.Contains(rest[..rest.IndexOf('}', StringComparison.Ordinal)], secrets));
        Assert.Equal(["gateway-1", "gateway-2", "postgres", "caddy"], compose["services"].Keys());
    }

    [Fact]
    public void The_deployment_mounts_what_the_settings_read_and_runs_as_nobody_in_particular()
    {
        var deployment = DeployFiles.Manifest("Deployment")["spec"];
        var pod = deployment["template"]["spec"];
        var container = pod["containers"][0];

        Assert.Equal("2", deployment.Text("replicas"));
        Assert.Equal("true", pod["securityContext"].Text("runAsNonRoot"));
        Assert.Equal("false", container["securityContext"].Text("allowPrivilegeEscalation"));
        Assert.Contains("/run/secrets/hypergate", container["volumeMounts"].Items().Select(static mount => mount.Text("mountPath")));
        Assert.All(DeployFiles.Documents("kubernetes/hypergate.yaml"), static document => Assert.Equal("hypergate", document["metadata"].Text("name")));
    }

    [Fact]
    public async Task The_unit_is_good_and_little_exposed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "There is no systemd here.");

        // The program of this machine lies elsewhere.
        var unit = Path.Combine(_folder.FullName, "hypergate.service");
        await File.WriteAllTextAsync(unit, DeployFiles.Read("systemd/hypergate.service").Replace("/opt/hypergate/hypergate", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), await RunAsync("verify", unit));
        Assert.Equal(0, (await RunAsync("security", "--offline=true", "--threshold=20", unit)).ExitCode);
    }

    private void Check(string text)
    {
        foreach (var name in new[] { "xo_token", "hypergate_postgres", "hypergate_key" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), name == "hypergate_postgres" ? "postgres://hypergate:pw@postgres:5432/hypergate" : new string('k', 40));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(_folder.FullName, name), UnixFileMode.UserRead);
            }
        }

        var file = Path.Combine(_folder.FullName, "hypergate.yaml");
        File.WriteAllText(file, text
            .Replace("/run/secrets/hypergate/xo_token", Path.Combine(_folder.FullName, "xo_token"), StringComparison.Ordinal)
            .Replace("/run/secrets/hypergate/postgres", Path.Combine(_folder.FullName, "hypergate_postgres"), StringComparison.Ordinal)
            .Replace("/run/secrets/hypergate/key", Path.Combine(_folder.FullName, "hypergate_key"), StringComparison.Ordinal)
            .Replace("/run/secrets/", $"{_folder.FullName}/", StringComparison.Ordinal));
        var reading = SettingsReading.Load(new SettingsSources
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingFolder = _folder.FullName,
            Home = _folder.FullName,
            ConfigPath = file,
        });

        Assert.Empty(reading.Warnings);
        Assert.Equal(StateKind.Postgres, reading.Settings.State);
        Assert.True(reading.Settings.Authentication.Required);
        BindingRules.Check(ListenAddress.TryRead(reading.Settings.Http.Listen)!, reading.Settings.Http, isAuthenticated: true, new ServeWish(null, AllowNoAuthentication: false, AllowNoTls: true));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, error.Trim());
    }
}
