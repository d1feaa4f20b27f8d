namespace Hypergate.Simulator.XenOrchestra.World;

/// <summary>Everything that the simulated Xen Orchestra knows. Whoever changes it holds <see cref="Lock"/>.</summary>
internal sealed class DataCentre(TimeProvider time, int seed)
{
    private readonly Dictionary<string, Collection> _collections = new(StringComparer.Ordinal);
    private readonly Random _random = new(seed);

    public TimeProvider Time { get; } = time;

    /// <summary>Guards all collections: taken for every request that reads or changes them, never across an await.</summary>
    public Lock Lock { get; } = new();

    public IEnumerable<Collection> Collections => _collections.Values;

    /// <summary>The collection of a path segment such as <c>vms</c>.</summary>
    public Collection this[string name] => _collections[name];

    public Collection AddCollection(string name, string type) => _collections[name] = new Collection(name, type);

    public bool Has(string name) => _collections.ContainsKey(name);

    /// <summary>The next random UUID of this seed.</summary>
    public string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
