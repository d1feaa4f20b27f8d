using System.Diagnostics;
using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21 with the real program: where the disk of the log is full, nothing is changed and looking goes on.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed partial class FullDiskTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    private string Log => Path.Combine(_folder.Data, "audit");

    public void Dispose()
    {
        Run("umount", Log);
        _folder.Dispose();
    }

    [Fact]
    public async Task Without_room_nothing_is_changed_and_with_room_again_all_goes_on()
    {
        Directory.CreateDirectory(Log, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", Log), "Only root may mount a small disk.");
        await using var xo = await Xo.StartAsync();
        var filler = Path.Combine(Log, "filler");
        Fill(filler);

        var read = await CallAsync("vms_query", """{"operation":"GetVms","limit":1,"fields":"id"}""");
        var change = $$"""{"operation":"PutVmTag","id":"{{Identity().Match(read.Output).Value}}","tag":"one"}""";
        var refused = await CallAsync("vms_action", change, "--yes");
        var sent = Writes();
        File.Delete(filler);
        var done = await CallAsync("vms_action", change, "--yes");
        var verified = await CommandRun.OfAsync(_folder, [], "audit", "verify");

        Assert.Equal((0, 2, 0, 0), (read.ExitCode, refused.ExitCode, done.ExitCode, verified.ExitCode));
        Assert.Contains("what cannot be recorded is not done", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.Contains("is not recorded", read.Error, StringComparison.Ordinal);
        Assert.Contains("No space left", read.Error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (sent, Writes()));

        Task<CommandRun> CallAsync(params string[] arguments) => CommandRun.OfAsync(_folder, Xo.Acting(xo), ["call", .. arguments]);
        int Writes() => xo.Requests.All.Count(static request => request.Method is "PUT" or "POST" or "DELETE" or "PATCH");
    }

    private static void Fill(string filler)
    {
        try
        {
            using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var page = 0; page < 1_000; page++)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Identity();
}
