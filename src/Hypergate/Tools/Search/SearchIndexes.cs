using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Catalog.Search;

namespace Hypergate.Tools.Search;

/// <summary>The index of the catalog in force; made when it is first asked, and again after the catalog has changed.</summary>
internal sealed class SearchIndexes(ToolSurroundings surroundings)
{
    private readonly Lock _gate = new(); // Guards the two fields: one thread builds, the others wait for it.
    private CatalogSnapshot? _catalog;
    private SearchIndex? _index;

    public SearchIndex Current
    {
        get
        {
            var catalog = surroundings.Catalog.Current;
            lock (_gate)
            {
                if (_index is null || _catalog != catalog)
                {
                    (_catalog, _index) = (catalog, Make(catalog));
                }

                return _index;
            }
        }
    }

    // Backends of one kind that describe themselves alike are searched once.
    private SearchIndex Make(CatalogSnapshot catalog)
    {
        var groups = surroundings.Backends
            .Where(backend => catalog.Find(backend.Name) is not null)
            .GroupBy(backend => (backend.Kind.ToolPrefix, catalog.Find(backend.Name)!.Hash))
            .ToDictionary(static group => group.First().Name, static group => (IReadOnlyList<Backend>)[.. group], StringComparer.Ordinal);
        var operations = groups.SelectMany(group => catalog.Find(group.Key)!.Operations
            .Select(operation => new IndexedOperation(group.Key, PlatformOf(group.Value), operation)));
        return new SearchIndex(OperationIndex.Of(operations), groups);
    }

    private static string PlatformOf(IReadOnlyList<Backend> backends) =>
        string.Join(' ', backends.Select(static backend => backend.Name).Prepend($"{backends[0].Kind.Title} {backends[0].Kind.OtherNames} {backends[0].Kind.ToolPrefix}"));
}

/// <summary>What can be searched.</summary>
/// <param name="Operations">Each operation once for all backends that describe it alike.</param>
/// <param name="Backends">Those backends, by the name that the index has for them.</param>
internal sealed record SearchIndex(OperationIndex Operations, IReadOnlyDictionary<string, IReadOnlyList<Backend>> Backends);
