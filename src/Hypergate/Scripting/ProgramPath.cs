namespace Hypergate.Scripting;

/// <summary>Finds programs by name, because processes without an environment cannot.</summary>
internal static class ProgramPath
{
    /// <summary>The absolute path; null where there is none.</summary>
    /// <param name="name">A path, or a name to look for on the PATH.</param>
    public static string? Find(string name) => name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? File.Exists(name) ? Path.GetFullPath(name) : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names(name), static (folder, file) => Path.Combine(folder, file))
            .FirstOrDefault(static path => Path.IsPathRooted(path) && File.Exists(path));

    private static IEnumerable<string> Names(string name) => OperatingSystem.IsWindows() ? [$"{name}.exe", name] : [name];
}
