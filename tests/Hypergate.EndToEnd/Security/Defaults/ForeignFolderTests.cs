using System.Diagnostics;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Defaults;

/// <summary>Suite S25: a data folder that belongs to another user is no empty one. Who may come in, and what is frozen, stands in it.</summary>
[Trait("Suite", "S25")]
[Trait("Rule", "R-BIND")]
[Trait("Aisvs", "10.2.1")]
[Trait("Mcp", "MCP07")]
public sealed class ForeignFolderTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose()
    {
        File.SetUnixFileMode(_folder.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Dispose();
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key_because_the_keys_cannot_be_seen()
    {
        await using var xo = await Xo.StartAsync();
        Assert.Equal(0, (await CommandRun.OfAsync(_folder, Xo.Reading(xo), "keys", "create", "--name", "anna", "--role", "admin")).ExitCode);
        Close();

        var serve = await RunAsStrangerAsync(Xo.Reading(xo), "serve", "--listen", "127.0.0.1:0");
        var doctor = await RunAsStrangerAsync(Xo.Reading(xo), "doctor");

        Assert.Equal((2, ""), (serve.ExitCode, serve.Output));
        Assert.Contains("Fatal error: This user may not look at ", serve.Error, StringComparison.Ordinal);
        Assert.Equal(2, doctor.ExitCode);
        Assert.Contains("PROBLEM  keys: The API keys cannot be read: This user may not look at ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("PROBLEM  data: ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("chown -R ", doctor.Output, StringComparison.Ordinal);
    }

    // Root may look everywhere, so it must be somebody else; everybody else is kept out by the folder's own mode.
    private void Close()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_folder.Data, Environment.IsPrivilegedProcess ? (UnixFileMode)0b111_000_000 : UnixFileMode.None);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsStrangerAsync(IEnumerable<(string, string)> variables, params IEnumerable<string> arguments)
    {
        var start = HypergateProgram.StartInfo(_folder, Environment.IsPrivilegedProcess ? ["--reuid=65534", "--regid=65534", "--clear-groups", HypergateProgram.Path, .. arguments] : arguments, variables);
        start.FileName = Environment.IsPrivilegedProcess ? "setpriv" : HypergateProgram.Path;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }
}
