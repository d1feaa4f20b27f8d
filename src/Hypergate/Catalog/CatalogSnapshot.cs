using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>All operations of all backends at one moment. Never changes: a reload makes a new one.</summary>
public sealed class CatalogSnapshot
{
    private readonly Dictionary<string, Entry> _entries;

    private CatalogSnapshot(Dictionary<string, Entry> entries)
    {
        _entries = entries;
        Backends = [.. entries.Values.Select(static entry => entry.Catalog)
            .OrderBy(static catalog => catalog.Backend, StringComparer.Ordinal)];
    }

    public static CatalogSnapshot Empty { get; } = new([]);

    /// <summary>One catalog for each backend that has been read, in the order of their names.</summary>
    public IReadOnlyList<BackendCatalog> Backends { get; }

    /// <summary>The catalog of a backend; null where nothing has been read of it.</summary>
    public BackendCatalog? Find(string backend) => _entries.TryGetValue(backend, out var entry) ? entry.Catalog : null;

    /// <summary>The operation of that exact name.</summary>
    public Operation? Find(string backend, string operation) =>
        _entries.TryGetValue(backend, out var entry) ? entry.ByName.GetValueOrDefault(operation) : null;

    /// <summary>The operation with that method and path template, which stay the same where names change from one release to the next.</summary>
    public Operation? FindRoute(string backend, string method, string path) =>
        _entries.TryGetValue(backend, out var entry) ? entry.ByRoute.GetValueOrDefault((method, path)) : null;

    /// <summary>The resource families of a backend, in the order in which its description first names them.</summary>
    public IReadOnlyList<string> Domains(string backend) => _entries.TryGetValue(backend, out var entry) ? entry.Domains : [];

    /// <summary>The operations of a resource family, in the order of the description.</summary>
    public IReadOnlyList<Operation> InDomain(string backend, string domain) =>
        _entries.TryGetValue(backend, out var entry) && entry.ByDomain.TryGetValue(domain, out var operations) ? operations : [];

    /// <summary>This snapshot with a backend's catalog added, or put in place of its older one.</summary>
    public CatalogSnapshot With(BackendCatalog catalog) =>
        new(new Dictionary<string, Entry>(_entries, StringComparer.Ordinal) { [catalog.Backend] = new(catalog) });

    /// <summary>This snapshot without a backend.</summary>
    public CatalogSnapshot Without(string backend)
    {
        var entries = new Dictionary<string, Entry>(_entries, StringComparer.Ordinal);
        return entries.Remove(backend) ? new(entries) : this;
    }

    // Built once for each catalog and carried from snapshot to snapshot.
    private sealed class Entry
    {
        public Entry(BackendCatalog catalog)
        {
            Catalog = PlainNames.Numbered(catalog.Operations) is var named && ReferenceEquals(named, catalog.Operations) ? catalog : catalog with { Operations = named };
            foreach (var operation in Catalog.Operations)
            {
                ByName[operation.Name] = operation;
                ByRoute[(operation.Method, operation.Path)] = operation;
                if (!ByDomain.TryGetValue(operation.Domain, out var family))
                {
                    ByDomain[operation.Domain] = family = [];
                    Domains.Add(operation.Domain);
                }

                family.Add(operation);
            }
        }

        public BackendCatalog Catalog { get; }

        public Dictionary<string, Operation> ByName { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string Method, string Path), Operation> ByRoute { get; } = [];

        public Dictionary<string, List<Operation>> ByDomain { get; } = new(StringComparer.Ordinal);

        public List<string> Domains { get; } = [];
    }
}
