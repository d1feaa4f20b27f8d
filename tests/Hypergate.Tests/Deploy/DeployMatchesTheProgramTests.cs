using System.CommandLine;
using System.Text.RegularExpressions;
using Hypergate.Host.Cli;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Deploy;

/// <summary>Commands, variables, paths and ports in <c>deploy/</c> are those of the program, and of each other.</summary>
public sealed partial class DeployMatchesTheProgramTests
{
    private const string Port = "8420";
    private const string SettingsFolder = "/etc/hypergate";
    private const string DataFolder = "/var/lib/hypergate";

    private static readonly string Container = DeployFiles.Read("Containerfile");
    private static readonly string Unit = DeployFiles.Read("systemd/hypergate.service");

    public static TheoryData<string, string[]> Commands => new()
    {
        { "Containerfile", [.. QuotedWord().Matches(Line(Container, "CMD ")).Select(static match => match.Groups["word"].Value)] },
        { "compose", [.. DeployFiles.Documents("compose/compose.yaml").Single()["x-gateway"]["command"].Texts()] },
        { "kubernetes", [.. Pod["containers"][0]["args"].Texts()] },
        { "systemd", Line(Unit, "ExecStart=/opt/hypergate/hypergate ").Split(' ') },
    };

    private static YamlDotNet.RepresentationModel.YamlNode Pod => DeployFiles.Manifest("Deployment")["spec"]["template"]["spec"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_command_is_one_of_the_program(string file, string[] command)
    {
        var parsed = new CommandLine(new Terminal(static () => TextWriter.Null, static () => TextWriter.Null, null), TimeProvider.System).Build().Parse(command);

        Assert.True(parsed.Errors.Count == 0, $"{file}: {string.Join(' ', parsed.Errors)}");
        Assert.Equal("serve", parsed.CommandResult.Command.Name);
    }

    [Fact]
    public void Each_variable_means_something()
    {
        var names = VariableInContainer().Matches(Line(Container, "ENV ")).Concat(VariableInUnit().Matches(Unit)).Select(static match => match.Groups["name"].Value).ToList();

        Assert.Equal(6, names.Count);
        Assert.All(names.Where(static name => name != "DOTNET_EnableDiagnostics"), static name => Assert.Contains(EnvironmentVariables.All, variable => variable.Name == name));
    }

    [Fact]
    public void Settings_and_data_lie_where_the_container_looks()
    {
        var services = DeployFiles.Documents("compose/compose.yaml").Single()["services"];
        var mounts = Pod["containers"][0]["volumeMounts"].Items().Select(static mount => mount.Text("mountPath")).ToList();

        Assert.Contains($"HYPERGATE_CONFIG={SettingsFolder}/hypergate.yaml HYPERGATE_DATA={DataFolder} ", Container, StringComparison.Ordinal);
        Assert.Contains($"VOLUME {DataFolder}\n", Container, StringComparison.Ordinal);
        Assert.All(["gateway-1", "gateway-2"], name => Assert.Equal([$"./settings:{SettingsFolder}:ro", $"data-{name[^1]}:{DataFolder}"], services[name]["volumes"].Texts()));
        Assert.Superset(new HashSet<string>([SettingsFolder, DataFolder, "/tmp"], StringComparer.Ordinal), mounts.ToHashSet(StringComparer.Ordinal));
        Assert.Contains($"Environment=HYPERGATE_DATA={DataFolder}\n", Unit, StringComparison.Ordinal);
        Assert.Contains($"StateDirectory={Path.GetFileName(DataFolder)}\n", Unit, StringComparison.Ordinal);
    }

    [Fact]
    public void All_speak_of_one_port()
    {
        var container = Pod["containers"][0];
        var service = DeployFiles.Manifest("Service")["spec"]["ports"][0];

        Assert.Equal(Port, Line(Container, "EXPOSE "));
        Assert.Contains($"listen: 0.0.0.0:{Port}\n", DeployFiles.Read("compose/settings/hypergate.yaml"), StringComparison.Ordinal);
        Assert.Contains($"listen: 0.0.0.0:{Port}\n", DeployFiles.Manifest("ConfigMap")["data"].Text("hypergate.yaml"), StringComparison.Ordinal);
        Assert.Contains($"reverse_proxy gateway-1:{Port} gateway-2:{Port} {{", DeployFiles.Read("compose/Caddyfile"), StringComparison.Ordinal);
        Assert.Equal((Port, "mcp"), (container["ports"][0].Text("containerPort"), container["ports"][0].Text("name")));
        Assert.Equal((Port, "mcp"), (service.Text("port"), service.Text("targetPort")));
    }

    [Fact]
    public void Health_is_asked_for_where_it_is_and_under_a_name_that_is_answered()
    {
        var container = Pod["containers"][0];
        var proxy = DeployFiles.Read("compose/Caddyfile");

        Assert.Equal(("/healthz/live", "/healthz/ready"), (container["livenessProbe"]["httpGet"].Text("path"), container["readinessProbe"]["httpGet"].Text("path")));
        Assert.All(["livenessProbe", "readinessProbe"], probe => Assert.Equal($"localhost:{Port}", container[probe]["httpGet"]["httpHeaders"][0].Text("value")));
        Assert.Contains("health_uri /healthz/ready\n", proxy, StringComparison.Ordinal);
        Assert.Contains($"Host localhost:{Port}\n", proxy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_is_built_from_what_is_here_and_runs_as_the_user_that_kubernetes_names()
    {
        var user = Line(Container, "USER ").Split(':');

        Assert.True(File.Exists(Repository.Path("src/Hypergate.Host/Hypergate.Host.csproj")));
        Assert.Contains("dotnet publish src/Hypergate.Host ", Container, StringComparison.Ordinal);
        Assert.Equal((user[0], user[1]), (Pod["securityContext"].Text("runAsUser"), Pod["securityContext"].Text("runAsGroup")));
        Assert.Contains($"-o {user[0]} -g {user[1]} {DataFolder}\n", Container, StringComparison.Ordinal);
        Assert.Equal(user[1], Pod["securityContext"].Text("fsGroup"));
    }

    [Fact]
    public void Everything_that_selects_the_pods_selects_them()
    {
        var label = DeployFiles.Manifest("Deployment")["spec"]["template"]["metadata"]["labels"].Text("app");
        var rule = DeployFiles.Manifest("Ingress")["spec"]["rules"][0];
        var backend = rule["http"]["paths"][0]["backend"]["service"];

        Assert.Equal(label, DeployFiles.Manifest("Deployment")["spec"]["selector"]["matchLabels"].Text("app"));
        Assert.Equal(label, DeployFiles.Manifest("Service")["spec"]["selector"].Text("app"));
        Assert.Equal(label, DeployFiles.Manifest("NetworkPolicy")["spec"]["podSelector"]["matchLabels"].Text("app"));
        Assert.Equal(label, DeployFiles.Manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"].Text("app"));
        Assert.Equal((DeployFiles.Manifest("Service")["metadata"].Text("name"), "mcp"), (backend.Text("name"), backend["port"].Text("name")));
        Assert.Contains($"hosts: [{rule.Text("host")}]", DeployFiles.Manifest("ConfigMap")["data"].Text("hypergate.yaml"), StringComparison.Ordinal);
        Assert.Equal(Pod["volumes"].Items().Select(static volume => volume.Text("name")).Order(StringComparer.Ordinal), Pod["containers"][0]["volumeMounts"].Items().Select(static mount => mount.Text("name")).Order(StringComparer.Ordinal));
    }

    private static string Line(string text, string begin) =>
        text.Split('\n').Last(line => line.StartsWith(begin, StringComparison.Ordinal))[begin.Length..];

    [GeneratedRegex("\"(?<word>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedWord();

    [GeneratedRegex("(^| )(?<name>[A-Za-z_]+)=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VariableInContainer();

    [GeneratedRegex("^Environment=(?<name>[A-Za-z_]+)=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VariableInUnit();
}
