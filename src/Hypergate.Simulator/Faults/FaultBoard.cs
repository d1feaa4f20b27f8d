namespace Hypergate.Simulator.Faults;

/// <summary>The faults that are set. The first one that fits a request hits it.</summary>
public sealed class FaultBoard<TFault>
    where TFault : RequestFault
{
    // Guards the list, the counts and the dice.
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Random _dice;

    internal FaultBoard(int seed) => _dice = new Random(seed);

    /// <summary>From now on requests that fit are hit.</summary>
    public void Add(TFault fault)
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

    internal TFault? Hit(string method, string path) =>
        Take(entry => entry.Fault.IsOfRequests && entry.Fits(method, path) && (entry.Fault.Rate >= 1 || _dice.NextDouble() < entry.Fault.Rate));

    /// <summary>Hits something other than a request.</summary>
    internal TFault? Hit(Predicate<TFault> fits) => Take(entry => fits(entry.Fault));

    private TFault? Take(Predicate<Entry> fits)
    {
        lock (_lock)
        {
            if (_entries.Find(entry => entry.Left != 0 && fits(entry)) is not { } entry)
            {
                return null;
            }

            entry.Left--;
            return entry.Fault;
        }
    }

    private sealed class Entry(TFault fault)
    {
        private readonly PathPattern _path = new(fault.Path);

        public TFault Fault { get; } = fault;

        /// <summary>How often it still hits; negative: always.</summary>
        public int Left { get; set; } = fault.Times ?? -1;

        public bool Fits(string method, string path) => (Fault.Method ?? method) == method && _path.Fits(path);
    }
}
