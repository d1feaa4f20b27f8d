using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tools.Search;

/// <summary>
/// The search surface: two tools beside <c>describe_operation</c> reach every operation, however many there are, for a few hundred
/// tokens.
/// </summary>
/// <param name="surroundings">What it works with.</param>
/// <param name="time">For the patience with platforms that are still read.</param>
internal sealed class SearchSurface(ToolSurroundings surroundings, TimeProvider time)
{
    private readonly SearchIndexes _indexes = new(surroundings);

    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog)
    {
        var shown = surroundings.Backends.SelectMany(backend => surroundings.Shown(catalog, backend.Name)).ToList();
        return
        [
            new CallOperationTool(surroundings).Define(
                changes: shown.Exists(static operation => operation.Changes),
                destroys: shown.Exists(static operation => operation.Access == Access.Dangerous)),
            new SearchOperationsTool(surroundings, _indexes, time).Tool,
        ];
    }
}
