namespace Hypergate.Scripting;

/// <summary>A Node.js that can run workers, and how.</summary>
/// <param name="Path">The program.</param>
/// <param name="Version">At least 20.</param>
/// <param name="Flags">What this Node understands of the flags that take rights away.</param>
/// <param name="Launcher">The program and arguments in front of it that take the network away; empty where nothing does.</param>
internal sealed record NodeInstallation(string Path, Version Version, IReadOnlyList<string> Flags, IReadOnlyList<string> Launcher)
{
    private const int DeniesNetwork = 25;

    /// <summary>Whether the launcher stays as the parent of the worker; else it becomes the worker.</summary>
    public bool StaysBeside => Launcher.Count > 0 && System.IO.Path.GetFileName(Launcher[0]) == IsolationWay.Bubblewrap.Program;

    /// <summary>Whether workers have no network, by Node's own permissions or by the system.</summary>
    public bool HasNoNetwork => Version.Major >= DeniesNetwork || Launcher.Count > 0;
}
