using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>Everything that the simulated Xen Orchestra knows. Whoever changes it holds <see cref="Lock"/>.</summary>
internal sealed class DataCentre(TimeProvider time, int seed) : IDisposable
{
    /// <summary>The collections that a hypervisor keeps and that the server caches.</summary>
    public static readonly FrozenSet<string> ComeFromPools = FrozenSet.ToFrozenSet(
    [
        "pools", "hosts", "vms", "vm-templates", "vm-snapshots", "vm-controllers", "vifs", "vdis", "vdi-snapshots", "vbds",
        "srs", "sms", "pbds", "pifs", "networks", "pgpus", "pcis", "messages", "alarms",
    ]);

    private readonly Dictionary<string, Collection> _collections = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Due, Collection Collection, string Id)> _unshown = new();
    private readonly Random _random = new(seed);
    private readonly List<Action<Collection, ObjectEvent, JsonObject>> _listeners = [];
    private ITimer? _timer;

    public TimeProvider Time { get; } = time;

    /// <summary>Guards all collections: taken for every request that reads or changes them, never across an await.</summary>
    public Lock Lock { get; } = new();

    /// <summary>How long readers still see the old objects after a write.</summary>
    public TimeSpan CacheLag { get; set; }

    public IEnumerable<Collection> Collections => _collections.Values;

    /// <summary>A reader holds the lock: collections answer as the server's cache does.</summary>
    internal bool IsReading { get; private set; }

    /// <summary>The collection of a path segment such as <c>vms</c>.</summary>
    public Collection this[string name] => _collections[name];

    public Collection AddCollection(string name, string type) => _collections[name] = new Collection(this, name, type);

    public bool Has(string name) => _collections.ContainsKey(name);

    /// <summary>Reads, as clients see it.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (Lock)
        {
            ShowDue();
            IsReading = true;
            try
            {
                return read();
            }
            finally
            {
                IsReading = false;
            }
        }
    }

    /// <summary>Changes what is true; readers see it after the lag.</summary>
    public T Write<T>(Func<T> write)
    {
        lock (Lock)
        {
            try
            {
                return write();
            }
            finally
            {
                ShowDue();
            }
        }
    }

    /// <summary>The next random UUID of this seed.</summary>
    public string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>From now on the listener hears, under the lock, what becomes visible.</summary>
    internal void Listen(Action<Collection, ObjectEvent, JsonObject> listener) => _listeners.Add(listener);

    internal void Tell(Collection collection, ObjectEvent what, JsonObject item) =>
        _listeners.ForEach(listener => listener(collection, what, item));

    internal void ShowLater(Collection collection, string id)
    {
        _unshown.Enqueue((Time.GetUtcNow() + CacheLag, collection, id));
        if (CacheLag > TimeSpan.Zero && _unshown.Count == 1)
        {
            WakeAfter(CacheLag);
        }
    }

    private void ShowDue()
    {
        var now = Time.GetUtcNow();
        while (_unshown.TryPeek(out var next) && next.Due <= now)
        {
            _unshown.Dequeue();
            next.Collection.Show(next.Id);
        }
    }

    // Without readers nobody would look at the clock, and subscribers of events would wait for ever.
    private void WakeAfter(TimeSpan pause)
    {
        _timer ??= Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(pause, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (Lock)
        {
            ShowDue();
            if (_unshown.TryPeek(out var next))
            {
                var rest = next.Due - Time.GetUtcNow();
                WakeAfter(rest > TimeSpan.FromMilliseconds(10) ? rest : TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
