namespace Hypergate.Host.Composition;

/// <summary>The folder of audit and caches: for its owner alone.</summary>
internal static class DataFolder
{
    /// <summary>Makes it where it is missing. Where that fails, whoever writes into it says so.</summary>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The audit and the cache report it with what it means for them.
        }
    }
}
