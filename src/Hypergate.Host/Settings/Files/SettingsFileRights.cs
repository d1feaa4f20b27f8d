namespace Hypergate.Host.Settings.Files;

/// <summary>Who else may read or write the settings file, and what that means.</summary>
internal static class SettingsFileRights
{
    /// <exception cref="SettingsException">Everybody may write it, and with it decide what the gateway does.</exception>
    public static void Check(string path)
    {
        if (ModeOf(path).HasFlag(UnixFileMode.OtherWrite))
        {
            throw new SettingsException($"Everybody on this machine can change the settings file {path}. Take that right away: chmod o-w {path}");
        }
    }

    /// <summary>What the file's author should know where a credential stands in it; null where all is well.</summary>
    public static string? Warning(string path, GatewaySettings settings, YamlTree tree)
    {
        var holdsCredential = settings.Backends.Index().Any(entry =>
            IsWritten(entry.Item.Auth.Token is not null, "auth.token", entry.Index)
            || IsWritten(entry.Item.Auth.Password is not null, "auth.password", entry.Index)
            || IsWritten(entry.Item.Proxy?.Contains('@', StringComparison.Ordinal) == true, "proxy", entry.Index));
        return holdsCredential && ModeOf(path).HasFlag(UnixFileMode.OtherRead)
            ? $"{Path.GetFileName(path)} holds a credential and everybody on this machine can read it: chmod o-r {path}, or write ${{env:NAME}} or ${{file:/path}} in its place."
            : null;

        bool IsWritten(bool isSet, string key, int index) => isSet && !tree.IsFilledIn($"backends[{index}].{key}");
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
