using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Runs a composite: each call of its script goes through every policy again, as the caller of the composite.</summary>
internal sealed class CompositeCalls(Call composite, BackendServices services, IReadOnlyList<string> delegates, TimeProvider time)
{
    private readonly CompositeRules _rules = composite.Operation.Rules!.Composite!;

    public async Task<RestEnd> RunAsync(CancellationToken cancellationToken)
    {
        if (services is not { Composites: { } run, RunCall: not null, FindOperation: not null })
        {
            return RestEnd.Refused($"{composite.Operation.Name} needs Node.js 20 or later.");
        }

        using var limit = new CancellationTokenSource(_rules.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await run(composite.Caller, _rules.Code, Parameters(), CallAsync, either.Token);
            return result.Error is { } error
                ? RestEnd.Failed(error)
                : new RestEnd(new Outcome.Done(result.Value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : result.Value));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RestEnd.Failed(new CallError("timeout", $"{composite.Operation.Name} did not end within {_rules.TimeLimit.TotalSeconds:0.###} s; what it has changed by then stays"));
        }
    }

    // The script knows them by the names of the file.
    private JsonElement Parameters() => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var argument in composite.Arguments.EnumerateObject())
        {
            writer.WritePropertyName(composite.Operation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name)?.Wire?.Name ?? argument.Name);
            argument.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    private async Task<JsonElement> CallAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        var operation = services.FindOperation!(composite.Backend, tool);
        if (operation is null || operation.Rules?.Composite is not null)
        {
            var nearest = NearestName.Find(tool, services.Names?.Invoke(composite.Backend) ?? []);
            throw new ToolCallException(tool, new CallError("unknown_operation", operation is null ? $"There is no tool {tool}{(nearest is null ? "" : $"; did you mean {nearest}?")}" : $"{tool} is a composite; a composite calls tools alone"));
        }

        return Result(tool, await services.RunCall!(Inner(operation, arguments), cancellationToken));
    }

    private Call Inner(Operation operation, JsonElement arguments) => new()
    {
        Backend = composite.Backend,
        Operation = operation,
        Caller = composite.Caller,
        Arguments = arguments.ValueKind == JsonValueKind.Object ? arguments : JsonElement.Parse("{}"),
        Tool = composite.Operation.Name,
        Parent = composite.Id,
        Within = new ScriptPart(composite.Operation.Name, IsCovered(operation), IsDelegated(operation.Name)),
        Conversation = composite.Conversation,
    };

    // Who agreed to the composite was shown these.
    private bool IsCovered(Operation operation) =>
        composite.Operation.Changes && operation.Access <= composite.Operation.Access && _rules.Calls.Contains(operation.Name);

    private bool IsDelegated(string operation) => _rules.Delegates.Contains(operation) && delegates.Contains($"{composite.Operation.Name}.{operation}");

    private static JsonElement Result(string tool, Outcome outcome) => outcome switch
    {
        Outcome.Done done => done.Value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : done.Value,
        Outcome.Failed failed => throw new ToolCallException(tool, failed.Error ?? new CallError("failed", failed.Detail) { HttpStatus = failed.Status }),
        Outcome.Refused { Policy: "arguments" } refused => throw new ToolCallException(tool, new CallError("invalid_input", refused.Reason)),
        Outcome.Refused refused => throw new ToolCallException(tool, new CallError("refused", refused.Reason)),
        _ => throw new ToolCallException(tool, new CallError("refused", $"{tool} needs a person's consent of its own, which a composite cannot ask for")),
    };
}
