using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tools.Domains;

/// <summary>Runs one domain tool: finds the operation, sorts the arguments, sends the call through the pipeline, words the outcome.</summary>
internal sealed class DomainRunner(DomainTool tool, ToolSurroundings surroundings)
{
    public async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (BackendOf(request.Arguments, out var backend) is { } wrongBackend)
        {
            return Error(wrongBackend);
        }

        await surroundings.Catalog.SettledAsync(backend, cancellationToken);
        if (OperationOf(request.Arguments, backend, out var operation) is { } wrongOperation)
        {
            return Error(wrongOperation);
        }

        var arguments = DomainArguments.Sort(request.Arguments, operation!);
        if (arguments.Fault() is { } fault)
        {
            return Error(fault);
        }

        return await RunAsync(request, backend, operation!, arguments, cancellationToken);
    }

    private async Task<ToolResult> RunAsync(
        ToolRequest request, string backend, Operation operation, DomainArguments arguments, CancellationToken cancellationToken)
    {
        var wish = arguments.Wish;
        if (AnswerWriter.FieldsToRead(operation, wish) is { } fields)
        {
            arguments.Set(OwnArguments.Fields, fields);
        }

        if (wish.Limit is { } limit && (wish.Passthrough || operation.PagesItself) && operation.Parameters.Any(static parameter => parameter.Name == OwnArguments.Limit))
        {
            arguments.Set(OwnArguments.Limit, limit);
        }

        var call = new Call
        {
            Backend = backend,
            Operation = operation,
            Caller = request.Caller,
            Arguments = arguments.ForPlatform,
            Tool = tool.Name,
            ConfirmToken = arguments.Text(OwnArguments.ConfirmToken),
            Wait = arguments.Flag(OwnArguments.Wait) ?? true,
            Passthrough = wish.Passthrough,
            Conversation = request.Conversation,
        };
        if (AnswerWriter.Problem(call, wish) is { } problem)
        {
            return Error($"{problem}. Nothing was sent.");
        }

        var outcome = await surroundings.Pipeline.RunAsync(call, cancellationToken);
        return outcome switch
        {
            Outcome.Done done when tool.Acts => ActionAnswer.Of(backend, operation, done, surroundings),
            Outcome.Done done => surroundings.Answers.Write(call, wish, done),
            Outcome.Unconfirmed unconfirmed => ActionAnswer.Of(unconfirmed),
            Outcome.Refused refused => ToolResult.Error($"{Prefix()}: {refused.Reason}"),
            Outcome.Failed failed => ToolResult.Error(surroundings.Scrub($"{Prefix()}: {failed.Detail}")),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

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
