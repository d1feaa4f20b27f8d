using Hypergate.Simulator.XenOrchestra.Faults;

namespace Hypergate.Simulator.ProxmoxVe.Faults;

/// <summary>The faults that are set. The first one that fits a request hits it.</summary>
public sealed class FaultBoard
{
    // Guards the list and the counts.
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    internal FaultBoard()
    {
    }

    /// <summary>From now on requests that fit are hit.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(fault));
        }
    }

    /// <summary>Everything is well again.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    internal Fault? Hit(string method, string path)
    {
        lock (_lock)
        {
            return Take(entry => entry.Fault.Task == TaskFault.None && entry.Fits(method, path));
        }
    }

    internal Fault? HitTask(string type)
    {
        lock (_lock)
        {
            return Take(entry => entry.Fault.Task != TaskFault.None && entry.Left != 0 && (entry.Fault.TaskType ?? type) == type);
        }
    }

    private Fault? Take(Predicate<Entry> fits)
    {
        if (_entries.Find(fits) is not { } entry)
        {
            return null;
        }

        entry.Left--;
        return entry.Fault;
    }

    private sealed class Entry(Fault fault)
    {
        private readonly PathPattern _path = new(fault.Path);

        public Fault Fault { get; } = fault;

        /// <summary>How often it still hits; negative: always.</summary>
        public int Left { get; set; } = fault.Times ?? -1;

        public bool Fits(string method, string path) => Left != 0 && (Fault.Method ?? method) == method && _path.Fits(path);
    }
}
