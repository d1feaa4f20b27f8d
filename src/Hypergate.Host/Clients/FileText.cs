using System.Text;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Clients;

/// <summary>A file of text in which others write as well: read without a loss, and written whole or not at all.</summary>
internal static class FileText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of it, the mark of byte order too; null where there is no file.</summary>
    /// <exception cref="SettingsException">It cannot be read, or is no UTF-8, so that writing it would change what others wrote.</exception>
    public static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Strict.GetString(File.ReadAllBytes(path)) : null;
        }
        catch (DecoderFallbackException)
        {
            throw new SettingsException($"{path} is not written in UTF-8. Save it so first; nothing was written");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} cannot be read: {exception.Message} Nothing was written");
        }
    }

    /// <summary>The file that a path leads to where it is a link, whether or not that is there yet; else the path.</summary>
    /// <exception cref="SettingsException">It leads nowhere.</exception>
    public static string Behind(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} is a link that cannot be followed: {exception.Message.TrimEnd('.')}. Nothing was written");
        }
    }

    /// <summary>A file is written by one put into its place, which would pass over a protection that somebody meant.</summary>
    /// <exception cref="SettingsException">Its owner may not write it either.</exception>
    public static void RequireUnprotected(string path)
    {
        var isProtected = File.Exists(path) && (OperatingSystem.IsWindows() ? (File.GetAttributes(path) & FileAttributes.ReadOnly) != FileAttributes.None : (File.GetUnixFileMode(path) & UnixFileMode.UserWrite) == UnixFileMode.None);
        if (isProtected)
        {
            throw new SettingsException($"{path} is protected from writing, perhaps because another program makes it. Change it there, or take the protection away; nothing was written");
        }
    }

    /// <summary>With the rights that the file had.</summary>
    /// <param name="isPrivate">Whether it is to be for its owner alone, as a new one is.</param>
    /// <exception cref="SettingsException">It cannot be written; it is as it was.</exception>
    public static void Write(string path, string text, bool isPrivate)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isPrivate || !File.Exists(path) ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Strict.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Forget(temporary);
            throw new SettingsException($"{path} cannot be written: {exception.Message.TrimEnd('.')}. Give this user the right to write there; nothing was changed");
        }
    }

    private static void Forget(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its folder takes nothing, so it is not there.
        }
    }
}
