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

        if (!OperatingSystem.IsWindows() && HoldsSecret(document) && (File.GetUnixFileMode(location.Path) & ForOthers) != UnixFileMode.None)
        {
            yield return $"{location.Name} holds a password or token that others on this machine may read; run chmod 600 {location.Path}, "
                + "or write ${env:NAME} or ${file:PATH} instead.";
        }
    }

    private static bool HoldsSecret(SettingsDocument document) => document.Lines.Keys.Any(path =>
        (path.EndsWith(".auth.token", StringComparison.Ordinal) || path.EndsWith(".auth.tokenSecret", StringComparison.Ordinal) || path.EndsWith(".auth.password", StringComparison.Ordinal))
        && !document.Hidden.Contains(path));
}
