using Hypergate.Governance.Authorization;

namespace Hypergate.Tools.Operations;

/// <summary>Runs the tool of one operation, by the operation as it stands in the catalog when the call comes.</summary>
internal sealed class OperationToolRunner(string tool, string backend, string operation, ToolSurroundings surroundings)
{
    public async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (surroundings.Gap(backend) is { } gap)
        {
            return ToolResult.Error($"{tool}: {gap}");
        }

        return surroundings.FindShown(surroundings.Catalog.Current, backend, operation) is { } found
            ? await new OperationRunner(surroundings).RunAsync(
                new OperationUse(tool, backend, found, CallArguments.Sort(request.Arguments, found), $"Failed to execute {tool}"), request, cancellationToken)
            : ToolResult.Error($"{tool}: {AuthorizationStep.NoSuchOperation(operation, backend)}");
    }
}
