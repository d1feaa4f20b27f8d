using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Hypergate.Scripting;

/// <summary>What a worker uses of the machine. Where a launcher stays beside it, the worker is the launcher's child, or that one's child.</summary>
internal sealed class WorkerUse(Process started, bool hasLauncher) : IDisposable
{
    private Process? _worker = hasLauncher ? null : started;

    public WorkerUsage Read()
    {
        try
        {
            var worker = _worker ??= Last(started.Id) is { } id ? Process.GetProcessById(id) : null;
            worker?.Refresh();
            return worker is null ? default : new(worker.WorkingSet64, worker.TotalProcessorTime);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or Win32Exception)
        {
            return default; // It has ended, which the reader of its output learns.
        }
    }

    public void Dispose()
    {
        if (hasLauncher)
        {
            _worker?.Dispose();
        }
    }

    // The end of the chain of children; null as long as there is none that runs Node.
    private static int? Last(int id)
    {
        var last = id;
        while (ChildOf(last) is { } child)
        {
            last = child;
        }

        return last == id || !IsNode(last) ? null : last;
    }

    private static int? ChildOf(int id)
    {
        try
        {
            var first = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children")).Split(' ', 2)[0];
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var child) ? child : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Before it becomes Node the child is still the launcher.
    private static bool IsNode(int id)
    {
        try
        {
            return !File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/comm")).StartsWith(IsolationWay.Bubblewrap.Program, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
