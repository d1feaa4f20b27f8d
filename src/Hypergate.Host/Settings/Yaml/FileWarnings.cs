namespace Hypergate.Host.Settings.Yaml;

/// <summary>What should be known of settings that come from a file.</summary>
internal static class FileWarnings
{
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static IEnumerable<string> Of(
        SettingsLocation location, SettingsSources sources, IReadOnlySet<string> used, SettingsDocument document)
    {
        string[] unused = [.. EnvironmentVariables.ReplacedByFile(sources).Except(used, StringComparer.Ordinal)];
        if (unused.Length > 0)
        {
            yield return $"The settings come from {location.Path}; {string.Join(", ", unused)} of the environment "
                + $"{(unused.Length == 1 ? "is" : "are")} not used. In the file, write ${{env:{unused[0]}}} to use it.";
        }

        if (!OperatingSystem.IsWindows() && HoldsSecret(document) && (File.GetUnixFileMode(location.Path) & ForOthers) != UnixFileMode.None)
        {
            yield return $"{location.Name} holds a password or token that others on this machine may read; run chmod 600 {location.Path}, "
                + "or write ${env:NAME} or ${file:PATH} instead.";
        }
    }

    private static bool HoldsSecret(SettingsDocument document) => document.Lines.Keys.Any(path =>
        (path.EndsWith(".auth.token", StringComparison.Ordinal) || path.EndsWith(".auth.password", StringComparison.Ordinal))
        && !document.Hidden.Contains(path));
}
