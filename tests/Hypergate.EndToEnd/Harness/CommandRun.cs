using System.Diagnostics;

namespace Hypergate.EndToEnd.Harness;

/// <summary>One command of the program, run to its end.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Runs it without anything on standard input.</summary>
    public static Task<CommandRun> OfAsync(
        ProgramFolder folder, IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments) => WithInputAsync(folder, "", variables, arguments);

    /// <summary>What one that must succeed writes, without blanks around it.</summary>
    public static async Task<string> DoneAsync(ProgramFolder folder, params IEnumerable<string> arguments)
    {
        var run = await OfAsync(folder, [], arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    /// <summary>Runs it with a text on standard input.</summary>
    public static async Task<CommandRun> WithInputAsync(
        ProgramFolder folder, string input, IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(HypergateProgram.StartInfo(folder, arguments, variables))!;
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CommandRun(process.ExitCode, await output, await error, clock.Elapsed);
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
