namespace Hypergate.Host.Settings.Yaml;

/// <summary>What should be known of settings that come from a file.</summary>
internal static class FileWarnings
{
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static IEnumerable<string> Of(
        SettingsLocation location, SettingsSources sources, IReadOnlySet<string> used, SettingsDocument document)
    {
        EnvironmentVariable[] unused = [.. EnvironmentVariables.ReplacedByFile(sources).Where(variable => !used.Contains(variable.Name))];
        if (unused.Length > 0)
        {
            var names = string.Join(", ", unused.Select(static variable => $"{variable.Name} (in the file: {variable.InFile})"));
            yield return $"The settings come from {location.Path}, so these variables of the environment do nothing: {names}.";
        }

        foreach (var file in SettingsFiles.Of(location).Where(file => HoldsSecret(document, file.Name) && OthersMayRead(file.Path)))
        {
            yield return $"{file.Name} holds a password or token that others on this machine may read; run chmod 600 {file.Path}, "
                + "or write ${env:NAME} or ${file:PATH} instead.";
        }

        foreach (var name in SettingsFiles.Unread(location))
        {
            yield return $"{name} is not read: the names of settings files in {SettingsFiles.FolderName} end in .yaml.";
        }
    }

    private static bool OthersMayRead(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ForOthers) != UnixFileMode.None;

    private static bool HoldsSecret(SettingsDocument document, string file) => document.Places.Any(entry => entry.Value.Source == file && entry.Key is var path
        && (path.EndsWith(".auth.token", StringComparison.Ordinal) || path.EndsWith(".auth.tokenSecret", StringComparison.Ordinal) || path.EndsWith(".auth.password", StringComparison.Ordinal))
        && !document.Hidden.Contains(path));
}
