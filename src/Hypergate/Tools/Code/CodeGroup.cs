using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Backends of one kind that offer the same operations: one interface stands for all of them.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Backends">In the order of the settings.</param>
/// <param name="Operations">What the caller may run there, by name.</param>
/// <param name="Summary">What the description's author says that it is; may be empty.</param>
internal sealed record CodeGroup(string Interface, IReadOnlyList<Backend> Backends, IReadOnlyList<Operation> Operations, string Summary)
{
    /// <summary>How the first backend is called in scripts.</summary>
    public string Owner => ScriptNames.Of(Backends[0].Name);

    /// <summary>All groups of a catalog, by the name of their interface.</summary>
    public static IReadOnlyList<CodeGroup> Of(ToolSurroundings surroundings, CatalogSnapshot catalog)
    {
        var groups = surroundings.Backends
            .Where(backend => catalog.Find(backend.Name) is not null)
            .Select(backend => (Backend: backend, Operations: surroundings.Shown(catalog, backend.Name).OrderBy(static operation => operation.Name, StringComparer.Ordinal).ToList()))
            .GroupBy(entry => (entry.Backend.Kind.Name, catalog.Find(entry.Backend.Name)!.Hash, string.Join('\n', entry.Operations.Select(static operation => operation.Name))))
            .Select(static group => (Title: ScriptNames.Interface(group.First().Backend is { Kind: { IsAnyApi: false } kind } ? kind.Title : group.First().Backend.Name), Backends: group.Select(static entry => entry.Backend).ToList(), group.First().Operations))
            .ToList();
        return [.. groups
            .GroupBy(static group => group.Title, StringComparer.Ordinal)
            .SelectMany(same => same.Select((group, index) => new CodeGroup(
                index == 0 ? group.Title : $"{group.Title}{index + 1}", group.Backends, group.Operations, catalog.Find(group.Backends[0].Name)!.Summary)))
            .OrderBy(static group => group.Interface, StringComparer.Ordinal)];
    }
}

/// <summary>An operation of a group that was found.</summary>
internal sealed record CodeFound(CodeGroup Group, Operation Operation);
