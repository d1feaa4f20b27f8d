using System.ComponentModel;
using System.Diagnostics;
using Hypergate.Results.Text;

namespace Hypergate.Scripting;

/// <summary>Looks once for a Node.js that can run workers, for the flags it understands, and for a way to take the network away.</summary>
/// <param name="settings">Which Node, and how far it must be locked in.</param>
/// <param name="ways">Ways to take the network away, the best first; null for all that there are.</param>
internal sealed class NodeProbe(ScriptingSettings settings, IReadOnlyList<IsolationWay>? ways = null)
{
    public const string Needed = "needs Node.js 20 or later (set scripting.node)";

    private const int OldestMajor = 20;
    private const int LongestVersion = 60;
    private const int MostRefusedFlags = 8;
    private static readonly Version PermissionIsStable = new(22, 13);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="SandboxException">There is none; the message says why.</exception>
    public async Task<NodeInstallation> FindAsync(CancellationToken cancellationToken)
    {
        var name = settings.Node ?? "node";
        var path = ProgramPath.Find(name) ?? throw SandboxException.Unavailable($"{Needed}: there is no program '{name}'.");
        var (_, text, _) = await RunAsync([path, "--version"], cancellationToken)
            ?? throw SandboxException.Unavailable($"{Needed}: '{path}' cannot be started.");
        if (!Version.TryParse(text.Trim().TrimStart('v'), out var version) || version.Major < OldestMajor)
        {
            throw SandboxException.Unavailable($"{Needed}: '{path}' is {(CleanText.Line(text.Split('\n')[0], LongestVersion) is { Length: > 0 } said ? said : "no Node.js")}.");
        }

        var found = new NodeInstallation(path, version, await FlagsAsync(path, version, cancellationToken), await LauncherAsync(cancellationToken));
        return settings.Isolation == ScriptIsolation.Required && !found.HasNoNetwork
            ? throw SandboxException.Unavailable("scripting.isolation is required, but the network cannot be taken away from workers: it needs Node.js 25 or later, or unshare or bwrap with user namespaces.")
            : found;
    }

    // A flag that this Node refuses is left out; the permission flag never is.
    private static async Task<IReadOnlyList<string>> FlagsAsync(string path, Version version, CancellationToken cancellationToken)
    {
        var permission = version < PermissionIsStable ? "--experimental-permission" : "--permission";
        var flags = Wanted().ToList();
        for (var attempt = 0; attempt < MostRefusedFlags; attempt++)
        {
            var (status, _, error) = await RunAsync([path, permission, .. flags, "-e", "0"], cancellationToken)
                ?? throw SandboxException.Unavailable($"{Needed}: '{path}' cannot be started.");
            if (status == 0)
            {
                return [permission, .. flags];
            }

            if (flags.RemoveAll(flag => error.Contains(flag.Split('=')[0], StringComparison.Ordinal)) == 0)
            {
                break;
            }
        }

        throw SandboxException.Unavailable($"'{path}' {version} does not start with {permission}.");
    }

    private static IEnumerable<string> Wanted() =>
    [
        "--disallow-code-generation-from-strings", "--disable-proto=throw", "--no-addons", "--no-global-search-paths",
        "--no-experimental-fetch", "--max-old-space-size=64", .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["--stack-size=1900"], "--no-warnings",
    ];

    // The first way that works on this machine.
    private async Task<IReadOnlyList<string>> LauncherAsync(CancellationToken cancellationToken)
    {
        if (settings.Isolation == ScriptIsolation.None || !OperatingSystem.IsLinux() || ProgramPath.Find("true") is not { } nothing)
        {
            return [];
        }

        foreach (var way in ways ?? IsolationWay.All)
        {
            if (ProgramPath.Find(way.Program) is { } program && await RunAsync([program, .. way.Arguments, nothing], cancellationToken) is (0, _, _))
            {
                return [program, .. way.Arguments];
            }
        }

        return [];
    }

    private static async Task<(int Status, string Output, string Error)?> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(WorkerProcess.Bare(command))!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
