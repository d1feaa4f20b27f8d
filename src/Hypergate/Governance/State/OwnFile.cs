namespace Hypergate.Governance.State;

/// <summary>A file for its owner alone, written whole and moved into place, one writer at a time, also among processes.</summary>
internal sealed class OwnFile(string path)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = Mode | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const int Attempts = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Path => path;

    /// <summary>What tells one content from another without reading it; null where there is no file.</summary>
    /// <exception cref="IOException">Whether there is one cannot be found out.</exception>
    public (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(path);
        try
        {
            // This fails where one may not look; Exists says that there is nothing, and who may come in without a key would hang on that.
            var written = file.LastWriteTimeUtc;
            return file.Exists ? (written, file.Length) : null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"This user may not look at {path}; the folder belongs to another.", exception);
        }
    }

    /// <summary>The content; null where there is no file.</summary>
    /// <exception cref="IOException">It cannot be read, or others may.</exception>
    public byte[]? Read()
    {
        if (Stamp() is null)
        {
            return null;
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None
            ? throw new IOException($"Others may read or change {path}; run: chmod 600 {path}")
            : File.ReadAllBytes(path);
    }

    /// <summary>Changes the content while no other process does.</summary>
    /// <param name="change">Gets what is there, null for nothing, and gives what shall be there, null for what is there already.</param>
    public async Task<T> ChangeAsync<T>(Func<byte[]?, (byte[]? Content, T Result)> change, TimeProvider time, CancellationToken cancellationToken)
    {
        CreateFolder();
        using var guard = await LockAsync(time, cancellationToken);
        var (content, result) = change(Read());
        if (content is not null)
        {
            Write(content);
        }

        return result;
    }

    private void Write(byte[] content)
    {
        var next = $"{path}.next";
        File.Delete(next);
        using (var stream = new FileStream(next, Options(FileMode.CreateNew, FileShare.None)))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private async Task<FileStream> LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream($"{path}.lock", Options(FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private void CreateFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }
}
