using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Hypergate.Governance.Audit;

/// <summary>The files of an audit log: <c>head.json</c>, <c>audit-000001.jsonl</c> and on, and what was set aside.</summary>
internal sealed class AuditFolder(string path)
{
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // EAGAIN of Linux and macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    public string HeadPath => Path.Combine(path, "head.json");

    /// <summary>A file by which a process tells the one that keeps the lock that it waits.</summary>
    public string WantedPath => Path.Combine(path, "head.wanted");

    /// <summary>Held by who writes. In the folder, so that it is one for all, wherever they find the folder; a file of its own, so that the head can be read meanwhile.</summary>
    public string LockPath => Path.Combine(path, "head.lock");

    public string StartPath => Path.Combine(path, "start.json");

    public bool Exists => Directory.Exists(path);

    public string SegmentPath(int number) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"audit-{number:D6}.jsonl"));

    /// <summary>The numbers of the segments that are there, in rising order.</summary>
    public IReadOnlyList<int> Segments() => !Exists ? [] :
    [
        .. Directory.EnumerateFiles(path, "audit-*.jsonl")
            .Select(static file => Path.GetFileNameWithoutExtension(file)["audit-".Length..])
            .Where(static number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(static number => int.Parse(number, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>The torn ends that were set aside after crashes.</summary>
    public IReadOnlyList<string> SetAside() => Exists ? [.. Directory.EnumerateFiles(path, "torn-*").Order(StringComparer.Ordinal)] : [];

    /// <summary>Makes the folder, for its owner alone.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnFolder);
        if (File.GetUnixFileMode(path) != OwnFolder)
        {
            File.SetUnixFileMode(path, OwnFolder);
        }
    }

    /// <summary>Takes the lock of the log, or gives null where another has it. Makes the folder where there is none.</summary>
    public SafeFileHandle? TryLock() => TryOpen(LockPath, FileShare.None);

    /// <summary>Opens the head for writing, or gives null where another process has it for itself. Who only reads it is not held up.</summary>
    public SafeFileHandle? TryOpenHead() => TryOpen(HeadPath, FileShare.ReadWrite);

    /// <summary>Keeps writers away while the result is open, or gives null where one is at work.</summary>
    public FileStream? TryShare()
    {
        try
        {
            return new(File.Exists(LockPath) ? LockPath : HeadPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (IOException exception) when (InUse.Contains(exception.HResult))
        {
            return null;
        }
    }

    /// <summary>Tells whoever keeps the lock that somebody waits for it.</summary>
    public void Want()
    {
        try
        {
            if (!File.Exists(WantedPath))
            {
                Open(WantedPath, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete).Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who only reads, or comes at the same moment as another, waits for the next pause.
        }
    }

    /// <summary>Whether somebody has said that they wait; it is taken note of once.</summary>
    public bool TakeWanted()
    {
        try
        {
            if (!File.Exists(WantedPath))
            {
                return false;
            }

            File.Delete(WantedPath);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Opens a file that is there, for reading and writing, without the position and the buffer of a stream.</summary>
    public static SafeFileHandle OpenHandle(string file, FileShare share = FileShare.Read) => File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, share);

    /// <summary>Opens a file for reading and writing; a new one is for its owner alone.</summary>
    public static FileStream Open(string file, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is FileMode.OpenOrCreate or FileMode.CreateNew)
        {
            options.UnixCreateMode = OwnFile;
        }

        return new(file, options);
    }

    /// <summary>Puts bytes that are no record into a file of their own.</summary>
    public void Keep(ReadOnlySpan<byte> torn, int segment, long offset)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"torn-{segment:D6}-{offset}");
        using var file = Open(Path.Combine(path, name), FileMode.OpenOrCreate);
        RandomAccess.Write(file.SafeFileHandle, torn, 0);
    }

    public static byte[] ReadFrom(SafeFileHandle file, long offset)
    {
        var length = RandomAccess.GetLength(file) - offset;
        var bytes = new byte[Math.Clamp(length, 0, 2 * AuditLine.LongestLine)];
        return bytes[..RandomAccess.Read(file, bytes, offset)];
    }

    private SafeFileHandle? TryOpen(string file, FileShare share)
    {
        try
        {
            return Present(file, share) ?? Made(file, share);
        }
        catch (IOException exception) when (InUse.Contains(exception.HResult))
        {
            return null;
        }
    }

    // Nearly always it is there, so nobody looks first.
    private static SafeFileHandle? Present(string file, FileShare share)
    {
        try
        {
            return OpenHandle(file, share);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private SafeFileHandle Made(string file, FileShare share)
    {
        Create();
        Open(file, FileMode.OpenOrCreate, FileShare.ReadWrite).Dispose();
        return OpenHandle(file, share);
    }
}
