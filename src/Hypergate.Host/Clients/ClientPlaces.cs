using Hypergate.Host.Settings;

namespace Hypergate.Host.Clients;

/// <summary>Where programs keep their settings on this system.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Home">The user's own folder.</param>
/// <param name="Roaming">Windows: <c>%APPDATA%</c>; else the configuration folder (<c>~/.config</c>, or <c>~/Library/Application Support</c>).</param>
/// <param name="Config"><c>~/.config</c>, or as <c>XDG_CONFIG_HOME</c> says.</param>
internal sealed record ClientPlaces(ClientSystem System, string Home, string Roaming, string Config)
{
    /// <summary>Windows: <c>%LOCALAPPDATA%</c>, where packaged programs keep what they write elsewhere.</summary>
    public required string Local { get; init; }

    public static ClientPlaces Of(ClientSystem system, SettingsSources sources)
    {
        var config = sources.Variable("XDG_CONFIG_HOME") is { } folder && Path.IsPathRooted(folder) ? folder : Path.Combine(sources.Home, ".config");
        return new(
            system,
            sources.Home,
            system switch
            {
                ClientSystem.Windows => sources.Variable("APPDATA") ?? Path.Combine(sources.Home, "AppData", "Roaming"),
                ClientSystem.MacOS => Path.Combine(sources.Home, "Library", "Application Support"),
                _ => config,
            },
            config)
        {
            Local = sources.Variable("LOCALAPPDATA") ?? Path.Combine(sources.Home, "AppData", "Local"),
        };
    }

    public static ClientSystem Present =>
        OperatingSystem.IsWindows() ? ClientSystem.Windows : OperatingSystem.IsMacOS() ? ClientSystem.MacOS : ClientSystem.Linux;
}

/// <summary>The systems that desktop clients exist for.</summary>
internal enum ClientSystem
{
    Linux,
    MacOS,
    Windows,
}
