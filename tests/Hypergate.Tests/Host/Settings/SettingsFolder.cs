using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Settings;

/// <summary>A working folder of its own, with a home folder in it; gone afterwards.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("hypergate-settings-");

    public string Path => _root.FullName;

    public string Home => System.IO.Path.Combine(Path, "home");

    /// <summary>As given with <c>--config</c>.</summary>
    public string? ConfigPath { get; init; }

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>Writes a file that only its owner may read.</summary>
    public string Secret(string name, string content) => Write(name, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Writes a file as settings files should be: not for everybody.</summary>
    public string File(string name, string content) => Secret(name, content);

    public string Write(string name, string content, UnixFileMode mode)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    public SettingsSources Sources(params (string Name, string Value)[] environment) => new()
    {
        Environment = environment.ToDictionary(static variable => variable.Name, static variable => variable.Value, StringComparer.Ordinal),
        ConfigPath = ConfigPath,
        WorkingFolder = Path,
        Home = Home,
    };

    public SettingsReading Load(params (string Name, string Value)[] environment) => SettingsReading.Load(Sources(environment));

    /// <summary>The message with which the settings are refused.</summary>
    public string Refusal(params (string Name, string Value)[] environment) =>
        Assert.Throws<SettingsException>(() => Load(environment)).Message;

    public SettingsReading LoadFile(string yaml, params (string Name, string Value)[] environment)
    {
        File("hypergate.yaml", yaml);
        return Load(environment);
    }

    /// <summary>The message with which <c>hypergate.yaml</c> of this content is refused.</summary>
    public string RefusalOf(string yaml, params (string Name, string Value)[] environment) =>
        Assert.Throws<SettingsException>(() => LoadFile(yaml, environment)).Message;
}
