using Hypergate.Host.Settings;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Host.Cli;

/// <summary>The boundary of every command: what its author can mend is one line, without a stack.</summary>
internal static class CommandBoundary
{
    public static async Task<int> RunAsync(Func<Task<int>> run, Terminal terminal)
    {
        try
        {
            return await run();
        }
        catch (SettingsException exception)
        {
            return await EndAsync(exception.Message, ExitCode.Refused, terminal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await EndAsync(exception.Message, ExitCode.Failed, terminal);
        }
    }

    private static async Task<int> EndAsync(string problem, int exitCode, Terminal terminal)
    {
        await terminal.Error.WriteLineAsync($"Fatal error: {LogText.Line(problem, SecretScrubber.None)}");
        return exitCode;
    }
}
