namespace Hypergate.Host.Settings;

/// <summary>A file that holds one value.</summary>
internal static class SecretFile
{
    /// <summary>Its content without the line end at its end.</summary>
    /// <param name="path">Relative to the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="who">Which setting names it, for the error.</param>
    public static string Read(string path, string folder, string who)
    {
        var full = Path.GetFullPath(path, folder);
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            {
                throw new SettingsException($"{who}: everybody on this machine can read {full}. Take that right away: chmod o-rw {full}");
            }

            return File.ReadAllText(full).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{who}: the file {full} cannot be read: {exception.Message}");
        }
    }
}
