using Hypergate.Inventory.Tables;
using Hypergate.Results;

namespace Hypergate.Tools.Query;

/// <summary>The tools of the query surface.</summary>
internal static class QueryTools
{
    /// <param name="source">Reads the tables.</param>
    /// <param name="backends">The configured backends, in their order.</param>
    /// <param name="output">Format and budget where a call names none.</param>
    /// <param name="time">What relative times count from.</param>
    public static IReadOnlyList<ToolDefinition> All(ITableSource source, IReadOnlyList<QueryBackend> backends, OutputSettings output, TimeProvider time) =>
    [
        new QuerySchemaTool(backends, output).Tool,
        new ExecuteQueryTool(new QueryEngine(source, [.. backends.Select(static backend => backend.Name)], time), output).Tool,
    ];
}
