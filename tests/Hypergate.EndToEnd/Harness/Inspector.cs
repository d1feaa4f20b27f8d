using System.Diagnostics;
using System.Text.Json;

namespace Hypergate.EndToEnd.Harness;

/// <summary>The MCP Inspector's command line from npm, as somebody tries a server with it.</summary>
internal static class Inspector
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static string Program { get; } = Path.Combine(HypergateProgram.Repository, "artifacts", "npm", "inspector", "node_modules", ".bin", "mcp-inspector");

    /// <summary>One request to the program under test; what the Inspector prints is the result alone.</summary>
    public static async Task<JsonElement> AskAsync(ProgramFolder folder, IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: ./dev clients installs it.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        var given = variables.Append(("HYPERGATE_DATA", folder.Data)).SelectMany(static pair => new[] { "-e", $"{pair.Item1}={pair.Item2}" });
        using var process = Process.Start(new ProcessStartInfo(Program, ["--cli", .. given, HypergateProgram.Path, .. arguments])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"The Inspector ended with {process.ExitCode}: {output} {await error}");
            return JsonElement.Parse(output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
