using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tools.Domains;

/// <summary>Runs one domain tool: finds the operation, and hands it to the runner that all surfaces share.</summary>
internal sealed class DomainRunner(DomainTool tool, ToolSurroundings surroundings)
{
    public async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (BackendOf(request.Arguments, out var backend) is { } wrongBackend)
        {
            await MissAsync(request, OwnArguments.Text(request.Arguments, OwnArguments.Backend));
            return Error(wrongBackend);
        }

        await surroundings.Catalog.SettledAsync(backend, cancellationToken);
        if (OperationOf(request.Arguments, backend, out var operation) is { } wrongOperation)
        {
            await MissAsync(request, backend);
            return Error(wrongOperation);
        }

        var use = new OperationUse(tool.Name, backend, operation!, CallArguments.Sort(request.Arguments, operation!, OwnArguments.Backend, OwnArguments.Operation), Prefix());
        return await new OperationRunner(surroundings).RunAsync(use, request, cancellationToken);
    }

    // One that the caller has is called by another tool, and where a name is left out nothing is meant.
    private Task MissAsync(ToolRequest request, string? backend)
    {
        if (backend is null || OwnArguments.Text(request.Arguments, OwnArguments.Operation) is not { } name || Has(backend, name))
        {
            return Task.CompletedTask;
        }

        var others = ToolSchema.Write(writer => OwnArguments.WriteOthers(writer, request.Arguments, OwnArguments.Operation, OwnArguments.Backend));
        return surroundings.Missed(new MissedCall(request.Caller, tool.Name, backend, name, others));
    }

    private bool Has(string backend, string name) =>
        surroundings.Backends.Any(known => known.Name == backend) && surroundings.FindShown(surroundings.Catalog.Current, backend, name) is not null;

    private ToolResult Error(string problem) => ToolResult.Error($"{Prefix()}: {problem}");

    // The words that users of the reference server know.
    private string Prefix() => tool.Acts ? $"Failed to execute {tool.Domain} action" : $"Failed to query {tool.Domain}";

    private string? BackendOf(JsonElement arguments, out string backend)
    {
        backend = tool.Backends[0];
        if (!arguments.TryGetProperty(OwnArguments.Backend, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return tool.Backends.Count == 1 ? null : $"the argument 'backend' is missing; it is one of {string.Join(", ", tool.Backends)}.";
        }

        var asked = value.ToString();
        backend = tool.Backends.FirstOrDefault(name => name == asked) ?? "";
        return backend.Length > 0 ? null : $"there is no backend '{asked}' here; it is one of {string.Join(", ", tool.Backends)}.";
    }

    private string? OperationOf(JsonElement arguments, string backend, out Operation? operation)
    {
        operation = null;
        if (!arguments.TryGetProperty(OwnArguments.Operation, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return $"the argument 'operation' is missing; it is one of {string.Join(", ", tool.Operations.Select(static known => known.Name))}.";
        }

        var asked = value.GetString()!;
        if (surroundings.Gap(backend) is { } gap)
        {
            return gap;
        }

        operation = surroundings.FindShown(surroundings.Catalog.Current, backend, asked);
        if (operation is not null && operation.Domain == tool.Domain && operation.Changes == tool.Acts)
        {
            return null;
        }

        var nearest = NearestName.Find(asked, tool.Operations.Select(static known => known.Name));
        return AuthorizationStep.NoSuchOperation(asked, backend) + (nearest is null ? "" : $" Did you mean '{nearest}'?");
    }
}
