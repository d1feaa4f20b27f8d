namespace Hypergate.Host.Settings;

/// <summary>Why a file cannot be read, as a predicate.</summary>
internal static class FileProblem
{
    public static string Of(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        _ when Directory.Exists(path) => "is a folder",
        UnauthorizedAccessException => "this user may not read",
        _ => "cannot be read",
    };

    /// <summary>Tries to open a file; null where that works.</summary>
    public static string? OfOpening(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Of(exception, path);
        }
    }
}
