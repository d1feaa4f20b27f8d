namespace Hypergate.Host.Settings;

/// <summary>The settings file that holds.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Chosen">Somebody named it, or it is the user's own; false where it merely lay in the working folder.</param>
internal sealed record SettingsLocation(string Path, string Name, bool Chosen)
{
    public const string FileName = "hypergate.yaml";

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Null where there is no file and none was asked for.</summary>
    public static SettingsLocation? Find(SettingsSources sources)
    {
        if (sources.ConfigPath is { } option)
        {
            return Named(option, "--config", sources);
        }

        if (sources.Variable("HYPERGATE_CONFIG") is { } variable)
        {
            return Named(variable, "HYPERGATE_CONFIG", sources);
        }

        var here = System.IO.Path.Combine(sources.WorkingFolder, FileName);
        if (File.Exists(here))
        {
            return new(here, FileName, Chosen: false);
        }

        var own = System.IO.Path.Combine(ConfigurationFolder(sources), "hypergate", FileName);
        return File.Exists(own) ? new(own, own, Chosen: true) : null;
    }

    /// <summary>Where settings are written: the file that holds, or the one that was named and is not there yet, else the user's own.</summary>
    public static string ForWriting(SettingsSources sources)
    {
        if ((sources.ConfigPath ?? sources.Variable("HYPERGATE_CONFIG")) is { } named)
        {
            return sources.Absolute(named, sources.WorkingFolder);
        }

        return Find(sources)?.Path ?? System.IO.Path.Combine(ConfigurationFolder(sources), "hypergate", FileName);
    }

    private static SettingsLocation Named(string path, string source, SettingsSources sources)
    {
        var absolute = sources.Absolute(path, sources.WorkingFolder);
        return File.Exists(absolute)
            ? new(absolute, path, Chosen: true)
            : throw new SettingsException(Directory.Exists(absolute)
                ? $"{source}: {path} is a folder, not a settings file"
                : $"{source}: there is no settings file {path}");
    }

    private static string ConfigurationFolder(SettingsSources sources) =>
        sources.Variable("XDG_CONFIG_HOME") is { } folder && System.IO.Path.IsPathRooted(folder)
            ? folder
            : System.IO.Path.Combine(sources.Home, ".config");
}
