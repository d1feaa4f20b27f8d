using Hypergate.Governance.Authorization;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>Runs the tool of one operation, by the operation as it stands in the catalog when the call comes.</summary>
internal sealed class OperationToolRunner(string tool, string backend, string operation, ToolSurroundings surroundings)
{
    // What the users of another server write to say that a person has agreed. Here only a person's own answer says so.
    public const string Claim = "confirmed";

    public async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (surroundings.Gap(backend) is { } gap)
        {
            return ToolResult.Error($"{tool}: {gap}");
        }

        return surroundings.FindShown(surroundings.Catalog.Current, backend, operation) is { } found
            ? await RunAsync(found, request, cancellationToken)
            : ToolResult.Error($"{tool}: {AuthorizationStep.NoSuchOperation(operation, backend)}");
    }

    private async Task<ToolResult> RunAsync(Operation found, ToolRequest request, CancellationToken cancellationToken)
    {
        var meaningless = Meaningless(found);
        var use = new OperationUse(tool, backend, found, CallArguments.Sort(request.Arguments, found, meaningless), $"Failed to execute {tool}");
        var result = await new OperationRunner(surroundings).RunAsync(use, request, cancellationToken);
        return found.Changes && meaningless.Any(name => request.Arguments.TryGetProperty(name, out _))
            ? result with { Note = $"{result.Note} The argument {Claim} means nothing here: the person's own answer counts, or the confirm_token of a preview.".TrimStart() }
            : result;
    }

    private string[] Meaningless(Operation found) =>
        surroundings.Backends.First(candidate => candidate.Name == backend).Kind.ConfirmTool is not null && !found.Parameters.Any(static parameter => parameter.Name == Claim) ? [Claim] : [];
}
