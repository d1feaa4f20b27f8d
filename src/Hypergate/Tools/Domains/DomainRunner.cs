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
            await MissAsync(request, Text(request.Arguments, OwnArguments.Backend));
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

    // One that the caller has is called elsewhere, and one that is not named is none.
    private Task MissAsync(ToolRequest request, string? backend) =>
        Text(request.Arguments, OwnArguments.Operation) is { } name && (backend is null || surroundings.FindShown(surroundings.Catalog.Current, backend, name) is null)
            ? surroundings.Missed(new MissedCall(request.Caller, tool.Name, backend, name, Rest(request.Arguments)))
            : Task.CompletedTask;

    private static JsonElement Rest(JsonElement arguments) => ToolSchema.Write(writer =>
    {
        foreach (var property in arguments.EnumerateObject().Where(static property => property.Name is not (OwnArguments.Operation or OwnArguments.Backend)))
        {
            property.WriteTo(writer);
        }
    });

    private static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

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
