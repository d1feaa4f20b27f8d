using System.Diagnostics;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;
using YamlDotNet.RepresentationModel;

namespace Hypergate.Tests.Deploy;

/// <summary>What stands in <c>deploy/</c> is good: every file parses, the settings in them hold, and names in one file are those in the other.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hypergate-deploy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_settings_of_compose_hold() => Check(Read("hypergate.yaml"));

    [Fact]
    public void The_settings_of_kubernetes_hold()
    {
        var map = Documents("kubernetes/hypergate.yaml").Single(static document => Text(document, "kind") == "ConfigMap");

        Check(Text((YamlMappingNode)map["data"], "hypergate.yaml"));
    }

    [Fact]
    public void Compose_names_only_what_it_has()
    {
        var compose = Documents("compose/compose.yaml").Single();
        var secrets = Keys(compose, "secrets");
        var gateway = (YamlMappingNode)compose["x-gateway"];

        Assert.All(((YamlSequenceNode)gateway["secrets"]).Select(static node => ((YamlScalarNode)node).Value!), name => Assert.Contains(name, secrets));
        Assert.All(Read("hypergate.yaml").Split("${file:/run/secrets/").Skip(1), rest => Assert.Contains(rest[..rest.IndexOf('}', StringComparison.Ordinal)], secrets));
        Assert.Equal(["gateway-1", "gateway-2", "postgres", "caddy"], Keys(compose, "services"));
        Assert.Contains("reverse_proxy gateway-1:8420 gateway-2:8420 {", Read("compose/Caddyfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_deployment_mounts_what_the_settings_read_and_runs_as_nobody_in_particular()
    {
        var documents = Documents("kubernetes/hypergate.yaml");
        var deployment = documents.Single(static document => Text(document, "kind") == "Deployment");
        var pod = (YamlMappingNode)deployment["spec"]["template"]["spec"];
        var container = (YamlMappingNode)((YamlSequenceNode)pod["containers"])[0];
        var mounts = ((YamlSequenceNode)container["volumeMounts"]).Select(static mount => ((YamlScalarNode)mount["mountPath"]).Value);

        Assert.Equal("2", Text((YamlMappingNode)deployment["spec"], "replicas"));
        Assert.Equal("true", Text((YamlMappingNode)pod["securityContext"], "runAsNonRoot"));
        Assert.Equal("false", Text((YamlMappingNode)container["securityContext"], "allowPrivilegeEscalation"));
        Assert.Superset(new HashSet<string?>(["/etc/hypergate", "/run/secrets/hypergate", "/var/lib/hypergate"], StringComparer.Ordinal), mounts.ToHashSet(StringComparer.Ordinal));
        Assert.All(documents, static document => Assert.Equal("hypergate", Text((YamlMappingNode)document["metadata"], "name")));
    }

    [Fact]
    public async Task The_unit_is_good_and_little_exposed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "There is no systemd here.");

        // The program of this machine lies elsewhere.
        var unit = Path.Combine(_folder.FullName, "hypergate.service");
        await File.WriteAllTextAsync(unit, Read("systemd/hypergate.service").Replace("/opt/hypergate/hypergate", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

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

    private static string Read(string name) => File.ReadAllText(Repository.Path("deploy", name));

    private static IReadOnlyList<YamlMappingNode> Documents(string name)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Read(name));
        stream.Load(reader);
        return [.. stream.Documents.Select(static document => (YamlMappingNode)document.RootNode)];
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static IReadOnlyList<string> Keys(YamlMappingNode node, string key) => [.. ((YamlMappingNode)node[key]).Children.Keys.Select(static name => ((YamlScalarNode)name).Value!)];
}
