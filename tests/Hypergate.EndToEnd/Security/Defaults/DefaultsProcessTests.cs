using System.Globalization;
using System.Reflection;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.EndToEnd.Security.Defaults;

/// <summary>Without a word of its operator the program is safe: seen from outside the process.</summary>
[Trait("Suite", "S25")]
[Trait("Rule", "R-START")]
[Trait("Aisvs", "10.1.2")]
[Trait("Mcp", "MCP09")]
public sealed class DefaultsProcessTests : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(15, typeof(DefaultsProcessTests).GetMethods()
        .Sum(static method => method.GetCustomAttribute<TheoryAttribute>() is not null ? method.GetCustomAttributes<InlineDataAttribute>().Count() : method.GetCustomAttribute<FactAttribute>() is not null ? 1 : 0) - 1);

    [Theory]
    [Trait("Rule", "R-BIND")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_beyond_this_machine_does_not_start_without_authentication_and_TLS(bool hasKey)
    {
        await using var xo = await Xo.StartAsync();
        (string, string)[] key = hasKey ? [("HYPERGATE_API_KEY", "a-key-for-tests-that-is-long-enough")] : [];

        var run = await CommandRun.OfAsync(_folder, [.. Xo.Reading(xo), .. key], "serve", "--listen", "0.0.0.0:0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(hasKey ? "TLS" : "authentication", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("serves MCP", run.Output, StringComparison.Ordinal);
        Assert.Empty(xo.Requests.All);
    }

    [Fact]
    [Trait("Rule", "R-BIND")]
    public async Task Nothing_listens()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The addresses of a process are read from /proc.");
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        await session.CallAsync("vms_query", """{"operation":"GetVms","limit":1}""");

        var own = SocketsOf(session.ProcessId);
        var all = Listening();

        Assert.NotEmpty(own);
        Assert.NotEmpty(all);
        Assert.Empty(own.Intersect(all, StringComparer.Ordinal));
    }

    [Theory]
    [Trait("Rule", "R-TLS")]
    [InlineData(SimulatorTls.SelfSigned)]
    [InlineData(SimulatorTls.Expired)]
    [InlineData(SimulatorTls.WrongName)]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_request(SimulatorTls tls)
    {
        await using var xo = await XoSimulator.StartAsync(Xo.Small with { Tls = tls }, TimeProvider.System, TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("certificate", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(xo.Requests.All);
    }

    [Fact]
    public async Task What_it_writes_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are those of Unix.");
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var call = $$"""{"operation":"PutVmTag","id":"{{(await session.HaltedAsync(1))[0]}}","tag":"one"}""";
        var token = Answers.Token((await session.CallAsync("vms_action", call)).Text);
        await session.CallAsync("vms_action", $"{call[..^1]},\"confirm_token\":\"{token}\"}}");
        session.CloseInput();
        await session.EndAsync();

        var files = Directory.GetFiles(_folder.Data, "*", SearchOption.AllDirectories);
        Assert.Contains(files, static file => file.EndsWith(".jsonl", StringComparison.Ordinal));
        Assert.Contains(files, static file => file.EndsWith(".catalog", StringComparison.Ordinal));
        Assert.All(files, static file => Assert.Equal(OwnFile, File.GetUnixFileMode(file)));
        Assert.All(
            Directory.GetDirectories(_folder.Data, "*", SearchOption.AllDirectories).Append(_folder.Data),
            static folder => Assert.Equal(OwnFolder, File.GetUnixFileMode(folder)));
        Assert.Equal([_folder.Data], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    [Trait("Rule", "R-AUDIT")]
    public async Task Nothing_is_changed_that_cannot_be_recorded()
    {
        await using var xo = await Xo.StartAsync();
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "audit"), "a file where the folder should be", TestContext.Current.CancellationToken);
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var call = $$"""{"operation":"PutVmTag","id":"{{(await session.HaltedAsync(1))[0]}}","tag":"one"}""";
        var token = Answers.Token((await session.CallAsync("vms_action", call)).Text);

        var answer = await session.CallAsync("vms_action", $"{call[..^1]},\"confirm_token\":\"{token}\"}}");

        Assert.True(answer.IsToolError);
        Assert.Contains("what cannot be recorded is not done", answer.Text, StringComparison.Ordinal);
        Assert.Empty(xo.Writes);
    }

    [Theory]
    [InlineData("unknwon: true", "unknwon")]
    [InlineData("actoins: true", "actoins")]
    [InlineData("tls: { verify: false }", "tls.verify")]
    [InlineData("tls: { insecure: true }", "insecure")]
    [InlineData("deny: DeleteVm", "deny")]
    [InlineData("auth: {}", "auth")]
    public async Task A_setting_that_is_unknown_or_unsafe_starts_nothing(string setting, string key)
    {
        await using var xo = await Xo.StartAsync();
        var auth = setting.StartsWith("auth", StringComparison.Ordinal) ? "" : $"    auth: {{ token: {xo.Token} }}\n";
        var file = _folder.Write("wrong.yaml", $"backends:\n  - name: xo\n    kind: xen-orchestra\n    url: {Xo.Address(xo)}\n{auth}    {setting}\n");
        File.SetUnixFileMode(file, OwnFile);

        var run = await CommandRun.OfAsync(_folder, [], "--config", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(key, run.Error, StringComparison.Ordinal);
        Assert.Empty(xo.Requests.All);
    }

    [Fact]
    public async Task A_file_with_a_secret_that_others_may_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are those of Unix.");
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("token", xo.Token);
        File.SetUnixFileMode(file, OwnFile | UnixFileMode.OtherRead);
        (string, string)[] variables = [("XO_URL", Xo.Address(xo)), ("XO_TOKEN_FILE", file)];

        var wide = await CommandRun.OfAsync(_folder, variables, "tools");
        File.SetUnixFileMode(file, OwnFile);
        var narrow = await CommandRun.OfAsync(_folder, variables, "tools");

        Assert.Equal((1, 0), (wide.ExitCode, narrow.ExitCode));
        Assert.Contains("chmod 600", wide.Error, StringComparison.Ordinal);
        Assert.Empty(wide.Output);
    }

    /// <summary>The inodes of a process's sockets.</summary>
    private static HashSet<string> SocketsOf(int process) =>
    [
        .. Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
            .Select(static link => new FileInfo(link).LinkTarget ?? "")
            .Where(static target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(static target => target["socket:[".Length..^1]),
    ];

    /// <summary>The inodes of all sockets that listen for TCP, and of all that take UDP.</summary>
    private static HashSet<string> Listening()
    {
        const string Listen = "0A";
        var tcp = new[] { "tcp", "tcp6" }.SelectMany(Columns).Where(static columns => columns[3] == Listen);
        var udp = new[] { "udp", "udp6" }.SelectMany(Columns);
        return [.. tcp.Concat(udp).Select(static columns => columns[9])];
    }

    private static IEnumerable<string[]> Columns(string table) => !File.Exists($"/proc/net/{table}")
        ? []
        : File.ReadLines($"/proc/net/{table}").Skip(1).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
