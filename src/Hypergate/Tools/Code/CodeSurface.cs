using Hypergate.Catalog;

namespace Hypergate.Tools.Code;

/// <summary>Code mode: two tools reach every operation, however many there are, and do many steps in one call.</summary>
internal sealed class CodeSurface(CodeRoom room)
{
    /// <summary>Its tools; none for who has no backend to call.</summary>
    public IReadOnlyList<ToolDefinition> Build(CatalogSnapshot catalog) => room.Surroundings.Backends.Count == 0 ? [] :
    [
        new ExecuteCodeTool(room).Define(room.Surroundings.Backends.Any(backend => room.Surroundings.Shown(catalog, backend.Name).Any(static operation => operation.Changes))),
        new ListToolsTool(room).Tool,
        new ReadResultTool(room).Tool,
    ];
}
