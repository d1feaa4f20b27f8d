using System.Text;
using Hypergate.Governance.Metering;

namespace Hypergate.Governance.Audit;

/// <summary>
/// Ends of changes that could not be recorded when they came: in a file of the data folder until the log is there again, and where even that cannot be
/// written, in memory. Processes that share the file take turns.
/// </summary>
/// <param name="path">The file; there is none while nothing waits.</param>
/// <param name="append">Writes a body to the log, or throws <see cref="AuditUnavailableException"/>.</param>
/// <param name="time">For the pauses between attempts.</param>
internal sealed class AuditSpool(string path, Func<byte[], CancellationToken, ValueTask> append, TimeProvider time) : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(5);

    // Guards what waits in memory, and the beginning of the loop.
    private readonly Lock _lock = new();
    private readonly List<byte[]> _unwritten = [];
    private readonly CancellationTokenSource _end = new();
    private volatile Task? _going;

    /// <summary>Ends when nothing waits any more.</summary>
    public Task Emptied => _going ?? Task.CompletedTask;

    /// <summary>Goes on with what an earlier process left.</summary>
    public void Resume()
    {
        AuditLag.Watch("log", this, Waiting);
        if (File.Exists(path))
        {
            Begin();
        }
    }

    /// <summary>Keeps a body until it can be written.</summary>
    public void Keep(byte[] body)
    {
        lock (_lock)
        {
            _unwritten.Add(body);
        }

        TryFile();
        Begin();
    }

    /// <summary>Leaves what waits to the next process, in the file.</summary>
    public void Dispose()
    {
        AuditLag.Forget("log", this);
        _end.Cancel();
        Task.WaitAny([Emptied], LastAttempt); // It has the file while it tries.
        TryFile();
        _end.Dispose();
    }

    // A file that another process has at this moment is counted at the next look.
    private long Waiting()
    {
        lock (_lock)
        {
            try
            {
                return _unwritten.Count + (File.Exists(path) ? File.ReadLines(path).LongCount() : 0);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return _unwritten.Count;
            }
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (!_end.IsCancellationRequested)
            {
                var end = _end.Token;
                _going ??= Task.Run(() => GoOnAsync(end), CancellationToken.None);
            }
        }
    }

    private async Task GoOnAsync(CancellationToken end)
    {
        try
        {
            while (!await TryWriteAsync(end))
            {
                await Task.Delay(Pause, time, end);
            }
        }
        catch (OperationCanceledException)
        {
            // What waits lies in the file for the next process.
        }
    }

    // Whether nothing waits any more.
    private async Task<bool> TryWriteAsync(CancellationToken end)
    {
        TryFile();
        try
        {
            await WriteFileAsync(end);
            lock (_lock)
            {
                if (_unwritten.Count > 0 || File.Exists(path))
                {
                    return false;
                }

                _going = null;
                return true;
            }
        }
        catch (Exception exception) when (exception is AuditUnavailableException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void TryFile()
    {
        lock (_lock)
        {
            if (_unwritten.Count == 0)
            {
                return;
            }

            try
            {
                using var file = Open(FileMode.Append);
                _unwritten.ForEach(body => file.Write([.. body, (byte)'\n']));
                file.Flush(flushToDisk: true);
                _unwritten.Clear();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process reads it, or there is no room: they stay in memory for the next attempt.
            }
        }
    }

    // Under the lock of the file itself, so that two processes do not write one record twice.
    private async Task WriteFileAsync(CancellationToken end)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = Open(FileMode.Open);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var waiting = new Queue<string>((await reader.ReadToEndAsync(end)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        try
        {
            while (waiting.TryPeek(out var body))
            {
                await append(Encoding.UTF8.GetBytes(body), end);
                waiting.Dequeue();
            }
        }
        finally
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Concat(waiting.Select(static body => body + "\n"))));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    private FileStream Open(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode == FileMode.Append)
        {
            options.UnixCreateMode = Mode;
        }

        return new FileStream(path, options);
    }
}
