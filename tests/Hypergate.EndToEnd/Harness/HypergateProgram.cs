using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Hypergate.EndToEnd.Harness;

/// <summary>The published executable: <c>HYPERGATE_PROGRAM</c>, else <c>artifacts/hypergate/hypergate</c> of this repository.</summary>
internal static class HypergateProgram
{
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_ROOT_X64"];

    /// <summary>The folder of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Its path; fails with what to do where it is missing.</summary>
    public static string Path { get; } = Find();

    /// <summary>What a process of the program sees: nothing of this machine's settings, and the given variables.</summary>
    public static Dictionary<string, string?> Environment(ProgramFolder folder, params IEnumerable<(string Name, string Value)> variables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = Kept.Contains((string)entry.Key) ? (string?)entry.Value : null;
        }

        environment["HYPERGATE_DATA"] = folder.Data;
        environment["XDG_CONFIG_HOME"] = folder.Path;
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>How to start it with pipes at all three ends.</summary>
    public static ProcessStartInfo StartInfo(ProgramFolder folder, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        var info = new ProcessStartInfo(Path, arguments)
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        info.Environment.Clear();
        foreach (var (name, value) in Environment(folder, variables).Where(static pair => pair.Value is not null))
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static string FindRepository([CallerFilePath] string here = "")
    {
        var root = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (!File.Exists(System.IO.Path.Combine(root!.FullName, "Hypergate.slnx")))
        {
            root = root.Parent;
        }

        return root.FullName;
    }

    private static string Find()
    {
        if (System.Environment.GetEnvironmentVariable("HYPERGATE_PROGRAM") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"HYPERGATE_PROGRAM names {named}, which does not exist.");
        }

        var built = System.IO.Path.Combine(Repository, "artifacts", "hypergate", "hypergate");
        return File.Exists(built)
            ? built
            : throw new FileNotFoundException($"The program is not built: {built} is missing. Run ./dev build first, or set HYPERGATE_PROGRAM.");
    }
}
