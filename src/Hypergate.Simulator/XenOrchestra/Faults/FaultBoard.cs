namespace Hypergate.Simulator.XenOrchestra.Faults;

/// <summary>The faults that are set. The first one that fits a request hits it.</summary>
public sealed class FaultBoard
{
    // Guards the list, the counts and the dice.
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Random _dice;

    internal FaultBoard(int seed) => _dice = new Random(seed);

    /// <summary>From now on requests that fit are hit.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(fault));
        }
    }

    /// <summary>Everything is well again; what hangs goes on hanging.</summary>
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
            var entry = _entries.Find(e => e.Fits(method, path) && (e.Fault.Rate >= 1 || _dice.NextDouble() < e.Fault.Rate));
            if (entry is null)
            {
                return null;
            }

            entry.Left--;
            return entry.Fault;
        }
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
