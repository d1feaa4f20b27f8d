using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Hypergate.Backends.Files;

/// <summary>
/// Files that platforms sent, on disk and never in memory, each for the caller for whom it was made and for a time. What an earlier process
/// left is removed when the first file comes.
/// </summary>
/// <param name="folder">Created with the first file.</param>
/// <param name="time">The clock of their lifetimes.</param>
internal sealed class FileShelf(string folder, TimeProvider time)
{
    public const string Prefix = "file:";

    private const int BufferBytes = 128 * 1024;
    private const long Spare = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<SoughtFile>>> _coming = new(StringComparer.Ordinal);
    private readonly Lazy<string> _folder = new(() => Fresh(folder));

    /// <summary>The largest file that is taken where nobody says another bound.</summary>
    public long LargestFile { get; init; } = 200L * 1024 * 1024 * 1024;

    /// <summary>Where other replicas find them, and where theirs are found; null where there is one gateway alone.</summary>
    public IFileDepot? Depot { get; init; }

    /// <summary>Keeps what a stream holds.</summary>
    /// <exception cref="IOException">It is too large, or the disk is full.</exception>
    public async Task<StoredFile> TakeAsync(Stream content, FileLabel label, CancellationToken cancellationToken)
    {
        Sweep();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var path = Path.Combine(_folder.Value, id);
        try
        {
            var (size, hash) = await CopyAsync(content, path, label.Largest ?? LargestFile, cancellationToken);
            var file = new StoredFile(Prefix + id, path, label, size, hash, time.GetUtcNow() + label.Lifetime);
            _files[id] = file;
            await ShareAsync(file, cancellationToken);
            return file;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>The file of a handle, brought here where another replica has taken it.</summary>
    /// <exception cref="IOException">It cannot be found out, or not be brought.</exception>
    public async Task<SoughtFile> FindAsync(string handle, string owner, CancellationToken cancellationToken)
    {
        if (Find(handle, owner) is { } here)
        {
            return new(here, false);
        }

        if (Depot is null || !handle.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new(null, false);
        }

        // Of several who want it at once one brings it.
        var coming = _coming.GetOrAdd($"{handle} {owner}", _ => new(() => BringAsync(handle, owner)));
        try
        {
            return await coming.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            _coming.TryRemove(new($"{handle} {owner}", coming));
        }
    }

    /// <summary>The file of a handle that is here; null where there is none, or not for this caller.</summary>
    public StoredFile? Find(string handle, string owner) =>
        handle.StartsWith(Prefix, StringComparison.Ordinal) && _files.TryGetValue(handle[Prefix.Length..], out var file) && file.Label.Owner == owner && file.Expires > time.GetUtcNow()
            ? file
            : null;

    private async Task ShareAsync(StoredFile file, CancellationToken cancellationToken)
    {
        try
        {
            await (Depot?.PutAsync(file, cancellationToken) ?? Task.CompletedTask);
        }
        catch (IOException)
        {
            // Then this replica alone gives it: what was read is read, whether or not the others can be told.
        }
    }

    private async Task<SoughtFile> BringAsync(string handle, string owner)
    {
        var known = await Depot!.FindAsync(handle, owner, CancellationToken.None);
        if (known is not { HasBytes: true, File: var wanted })
        {
            return new(null, IsElsewhere: known is not null);
        }

        Sweep();
        var id = handle[Prefix.Length..];
        var path = Path.Combine(_folder.Value, id);
        try
        {
            await using (var file = new FileStream(path, Options()))
            {
                await foreach (var bytes in Depot.ReadAsync(wanted, CancellationToken.None))
                {
                    await file.WriteAsync(bytes);
                }
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return new(_files[id] = wanted with { Path = path }, false);
    }

    private async Task<(long Size, string Hash)> CopyAsync(Stream content, string path, long largest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, Options());
        var buffer = new byte[BufferBytes];
        long size = 0;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            size += read;
            if (size > largest)
            {
                throw new IOException($"The file is larger than {Words(largest)}.");
            }

            if (size % (16L * 1024 * 1024) < read && new DriveInfo(_folder.Value).AvailableFreeSpace < Spare)
            {
                throw new IOException("There is no room left on the disk for the file.");
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string Words(long bytes) => bytes switch
    {
        < 1L << 20 => $"{bytes} bytes",
        < 1L << 30 => $"{bytes >> 20} MB",
        _ => $"{bytes >> 30} GB",
    };

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void Sweep()
    {
        foreach (var (id, file) in _files.Where(entry => entry.Value.Expires <= time.GetUtcNow()))
        {
            _files.TryRemove(id, out _);
            File.Delete(file.Path);
        }
    }

    private static string Fresh(string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (var left in Directory.EnumerateFiles(folder).Where(static path => Path.GetFileName(path) is { Length: 32 } name && name.All(char.IsAsciiHexDigitLower)))
            {
                File.Delete(left);
            }
        }
        else if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}

/// <summary>What is known of a file before it comes.</summary>
/// <param name="Owner">The caller for whom it is.</param>
internal sealed record FileLabel(string Name, string Type, string Owner, TimeSpan Lifetime)
{
    /// <summary>How many bytes it may have; null where that is said of no file in particular.</summary>
    public long? Largest { get; init; }
}

/// <summary>What became of the search for a file.</summary>
/// <param name="File">Null where there is none for this caller, or not here.</param>
/// <param name="IsElsewhere">Whether another replica has it, which is too large to be shared.</param>
internal sealed record SoughtFile(StoredFile? File, bool IsElsewhere);

/// <summary>A file on the shelf.</summary>
internal sealed record StoredFile(string Handle, string Path, FileLabel Label, long Size, string Sha256, DateTimeOffset Expires)
{
    /// <summary>Where the gateway gives files to those who reach it over HTTP, with the credential of the caller whose it is.</summary>
    public const string Root = "/files";

    /// <summary>Where its owner gets the bytes: on this machine by its path, else from the gateway.</summary>
    /// <param name="isHere">Whether the owner works on this machine, as the user who runs the gateway.</param>
    public string Address(bool isHere) => isHere ? new Uri(Path).AbsoluteUri : $"{Root}/{Handle[FileShelf.Prefix.Length..]}";
}
