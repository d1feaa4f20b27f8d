using System.Text.Json;

namespace Hypergate.Catalog;

/// <summary>
/// Remembers each backend's catalog from one start to the next, in a file of its own that only the user can read.
/// Nothing here throws at the caller: a cache that cannot be read or written costs time, not the gateway.
/// </summary>
/// <param name="folder">Created when something is first written.</param>
public sealed class CatalogCache(string folder)
{
    /// <summary>A file above this size is not a catalog; the largest real ones have some hundred kilobytes.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    private const int LongestName = 100;

    /// <summary>What is remembered of a backend at this address, or why nothing is.</summary>
    public CachedCatalog Read(string backend, Uri address)
    {
        if (PathOf(backend) is not { } path)
        {
            return CachedCatalog.Nothing($"no file can be named after the backend {backend}");
        }

        try
        {
            using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            {
                return CachedCatalog.Nothing($"others may write {path}, and with it decide what operations are taken for");
            }

            if (file.Length is 0 or > LargestFile)
            {
                return CachedCatalog.Nothing($"{path} is empty or larger than {LargestFile} bytes");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return CatalogFile.Read(bytes, backend, address);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return CachedCatalog.Nothing("nothing has been remembered yet");
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return CachedCatalog.Nothing($"{path} cannot be used: {exception.Message}");
        }
    }

    /// <summary>Remembers the catalog in place of the older one; returns why it could not, or null where it could.</summary>
    public string? Write(BackendCatalog catalog, Uri address)
    {
        if (PathOf(catalog.Backend) is not { } path)
        {
            return $"no file can be named after the backend {catalog.Backend}";
        }

        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            CreateFolder();
            WriteFile(temporary, CatalogFile.Write(catalog, address));
            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            TryDelete(temporary);
            return $"the catalog of {catalog.Backend} cannot be remembered in {path}: {exception.Message}";
        }
    }

    /// <summary>Remembers nothing of a backend any more: the next start reads its description before it offers anything.</summary>
    public void Forget(string backend)
    {
        if (PathOf(backend) is { } path)
        {
            TryDelete(path);
        }
    }

    private string? PathOf(string backend) =>
        backend.Length is > 0 and <= LongestName
        && backend.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? Path.Combine(folder, $"{backend}.catalog")
            : null;

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // A file that is left over harms nobody: one that is remembered is renewed as soon as the platform has answered.
        }
    }

    private static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException
        or JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException
        or KeyNotFoundException or IndexOutOfRangeException or OverflowException or System.Security.SecurityException;
}

/// <summary>What was found in the cache.</summary>
/// <param name="Catalog">Null where nothing usable was found.</param>
/// <param name="Ignored">Then the reason, for the log.</param>
public sealed record CachedCatalog(BackendCatalog? Catalog, string? Ignored)
{
    internal static CachedCatalog Nothing(string reason) => new(null, reason);
}
