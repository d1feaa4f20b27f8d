using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Hypergate.Results.Text;
using Microsoft.Extensions.Logging;

namespace Hypergate.Scripting;

/// <summary>Starts a worker: a Node process with no rights, no environment and an empty folder to stand in.</summary>
internal sealed partial class WorkerProcess(NodeInstallation node, string worker, string folder, ILogger log)
{
    private const int MostErrorCharacters = 8 * 1024;

    // An endless loop of a worker whose gateway was killed ends with this.
    private const int MostProcessorSeconds = 300;

    /// <summary>What a process gets that shall get nothing.</summary>
    public static ProcessStartInfo Bare(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var root = Environment.GetEnvironmentVariable("SystemRoot");
        info.Environment.Clear();
        if (OperatingSystem.IsWindows())
        {
            info.Environment["SystemRoot"] = root;
        }

        return info;
    }

    /// <summary>How a program is started that may read itself and nothing else.</summary>
    public static ProcessStartInfo Command(NodeInstallation node, string program) =>
        Bare([.. Limited(), .. node.Launcher, node.Path, .. node.Flags, $"--allow-fs-read={program}", program]);

    /// <exception cref="SandboxException">It cannot be started.</exception>
    public WorkerConnection Start()
    {
        var info = Command(node, worker);
        info.WorkingDirectory = folder;
        try
        {
            Directory.CreateDirectory(folder);
            var process = Process.Start(info)!;
            var use = new WorkerUse(process, node.StaysBeside);
            _ = ListenAsync(process, use);
            return new(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, use.Read, () => End(process));
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw SandboxException.Unavailable($"A script worker cannot be started: {exception.Message}");
        }
    }

    // The shell sets the limit, env takes away what the shell has added to the environment.
    private static IReadOnlyList<string> Limited() =>
        OperatingSystem.IsWindows() ? [] : ["/bin/sh", "-c", $"ulimit -t {MostProcessorSeconds}; exec /usr/bin/env -i \"$@\"", "worker"];

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    private async Task ListenAsync(Process process, WorkerUse use)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        for (int read; (read = await process.StandardError.ReadAsync(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            text.Remove(0, Math.Max(0, text.Length - MostErrorCharacters));
        }

        await process.WaitForExitAsync();
        Ended(log, process.ExitCode, CleanText.Line(text.ToString(), MostErrorCharacters));
        use.Dispose();
        process.Dispose();
    }

    [LoggerMessage(1, LogLevel.Debug, "A script worker ended with {Status}. {Text}")]
    private static partial void Ended(ILogger logger, int status, string text);
}
