using System.ComponentModel;
using System.Diagnostics;

namespace Hypergate.Tests;

/// <summary>Scripts of tests/npm, run by Node with the packages of its lock file, which are installed once.</summary>
internal static class NodePackages
{
    private static readonly Lazy<string?> Problem = new(Install);

    /// <summary>What a script writes; skips the test where Node or the packages cannot be had.</summary>
    public static string Run(string script, string input)
    {
        Assert.SkipWhen(Problem.Value is not null, Problem.Value ?? "");
        var (status, output, error) = Start("node", [script], input);
        Assert.True(status == 0, error);
        return output;
    }

    /// <summary>What a script writes that drives a package which ./dev clients has installed; skips the test where it is not.</summary>
    public static string RunClient(string package, string script, string input)
    {
        var folder = Repository.Path("artifacts", "npm", package);
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), $"./dev clients has not installed {package}.");
        var (status, output, error) = Start("node", [Repository.Path("tests", "npm", package, script)], input, folder);
        Assert.True(status == 0, error);
        return output;
    }

    private static string? Install()
    {
        var installed = Repository.Path("tests", "npm", "node_modules", ".package-lock.json");
        var wanted = Repository.Path("tests", "npm", "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted))
        {
            return null;
        }

        try
        {
            var (status, _, error) = Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], "");
            if (status != 0)
            {
                return $"npm cannot be reached: {error}";
            }

            File.SetLastWriteTimeUtc(installed, File.GetLastWriteTimeUtc(wanted));
            return null;
        }
        catch (Win32Exception exception)
        {
            return $"npm cannot be started: {exception.Message}";
        }
    }

    private static (int Status, string Output, string Error) Start(string program, string[] arguments, string input, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Repository.Path("tests", "npm"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
