using System.Text.Json;

namespace Hypergate.Host.Authentication;

/// <summary><c>api-keys.json</c> in the data folder: for its owner alone, written whole and moved into place, one writer at a time.</summary>
internal sealed class ApiKeyFile(string path)
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What tells one content from another without reading it; null where there is no file.</summary>
    public (DateTime Written, long Length)? Stamp()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }

    /// <summary>All keys; none where there is no file.</summary>
    /// <exception cref="IOException">It cannot be read, or others may.</exception>
    public IReadOnlyList<ApiKey> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new IOException($"Others may read or change {path}; run: chmod 600 {path}");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ApiKeyJson.Default.ApiKeyDocument)?.Keys ?? throw new IOException($"{path} holds no keys.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{path} is damaged. Restore it, or remove it and make new keys.", exception);
        }
    }

    /// <summary>Changes the keys while no other process does.</summary>
    public async Task<T> ChangeAsync<T>(Func<IReadOnlyList<ApiKey>, (IReadOnlyList<ApiKey> Keys, T Result)> change, TimeProvider time, CancellationToken cancellationToken)
    {
        CreateFolder();
        using var guard = await LockAsync(time, cancellationToken);
        var (keys, result) = change(Read());
        Write(keys);
        return result;
    }

    private void Write(IReadOnlyList<ApiKey> keys)
    {
        var next = $"{path}.next";
        File.Delete(next);
        using (var stream = new FileStream(next, Options(FileMode.CreateNew, FileShare.None)))
        {
            JsonSerializer.Serialize(stream, new ApiKeyDocument(keys), ApiKeyJson.Default.ApiKeyDocument);
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
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFolder);
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return options;
    }
}
