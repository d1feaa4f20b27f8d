namespace Hypergate.Host.Settings.Yaml;

/// <summary>The files that settings are written in: the one that holds, and those of <c>conf.d</c> beside it by their names.</summary>
internal static class SettingsFiles
{
    public const string FolderName = "conf.d";
    private const string Ending = ".yaml";

    /// <summary>Each with its absolute path and what messages call it, in the order in which they are read.</summary>
    public static IReadOnlyList<SettingsLocation> Of(SettingsLocation location) =>
        [location, .. Beside(location.Path).Where(static path => path.EndsWith(Ending, StringComparison.Ordinal)).Select(path => location with { Path = path, Name = NameOf(path, location) })];

    /// <summary>Those of <c>conf.d</c> that look as if they were meant to be read, and are not.</summary>
    public static IEnumerable<string> Unread(SettingsLocation location) =>
        Beside(location.Path).Where(static path => !path.EndsWith(Ending, StringComparison.Ordinal) && Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML")
            .Select(path => NameOf(path, location));

    // What editors and container mounts put beside begins with a dot.
    private static IEnumerable<string> Beside(string file)
    {
        var folder = Path.Combine(Path.GetDirectoryName(file)!, FolderName);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Where(static path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal)
            : [];
    }

    private static string NameOf(string path, SettingsLocation location) =>
        Path.Combine(Path.GetDirectoryName(location.Name) ?? "", FolderName, Path.GetFileName(path));
}
