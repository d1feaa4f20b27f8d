using System.Text;

namespace Hypergate.Host.Settings;

/// <summary>Reads files that hold one value, which is taken to be a secret (rule R-START).</summary>
internal static class SecretFile
{
    private const int MostBytes = 64 * 1024;

    private const UnixFileMode TooWide =
        UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Container runtimes mount secrets here, readable for everybody inside, who is the gateway alone.</summary>
    private static readonly string[] ContainerFolders = ["/run/secrets/", "/var/run/secrets/"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without line breaks at its end; or what is wrong, as a predicate.</summary>
    /// <param name="path">Absolute.</param>
    public static (string? Text, string? Problem) Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            if (!OperatingSystem.IsWindows() && IsTooWide(path, File.GetUnixFileMode(stream.SafeFileHandle)))
            {
                return (null, $"needs the file {path}, which others may read or change; run: chmod 600 {path}");
            }

            var bytes = new byte[MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MostBytes
                ? (null, $"needs the file {path}, which is longer than {MostBytes} bytes")
                : (Utf8.GetString(bytes, 0, length).TrimStart('\uFEFF').TrimEnd('\r', '\n'), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, $"needs the file {path}, which is not UTF-8 text");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"needs the file {path}, which {FileProblem.Of(exception, path)}");
        }
    }

    private static bool IsTooWide(string path, UnixFileMode mode) =>
        (mode & TooWide) != UnixFileMode.None && !ContainerFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));
}
