using System.Collections.Concurrent;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Runs a composite: each call of its script goes through every policy again, as the caller of the composite.</summary>
internal sealed class CompositeCalls(Call composite, BackendServices services, IReadOnlyList<string> delegates, TimeProvider time)
{
    private const int MostNamed = 10;

    private readonly CompositeRules _rules = composite.Operation.Rules!.Composite!;
    private readonly ConcurrentQueue<string> _changes = new();

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
                ? RestEnd.Failed(_changes.IsEmpty ? error : error with { Message = $"{error.Message.TrimEnd('.')}; {Stays}" })
                : new RestEnd(new Outcome.Done(result.Value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : result.Value));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RestEnd.Failed(new CallError("timeout", $"{composite.Operation.Name} did not end within {_rules.TimeLimit.TotalSeconds:0.###} s; {Stays}"));
        }
    }

    // Only what surely happened is named: a call that was under way may have happened as well.
    private string Stays => $"what it has changed by then stays{(_changes.IsEmpty ? "" : $": {string.Join(", ", _changes.Take(MostNamed))}{(_changes.Count > MostNamed ? $" and {_changes.Count - MostNamed} more" : "")}")}";

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
            throw Failed(tool, new CallError("unknown_operation", operation is null ? $"There is no tool {tool}{(nearest is null ? "" : $"; did you mean {nearest}?")}" : $"{tool} is a composite; a composite calls tools alone"));
        }

        var outcome = await services.RunCall!(Inner(operation, arguments), cancellationToken);
        if (outcome is Outcome.Done && operation.Changes)
        {
            _changes.Enqueue(operation.Name);
        }

        return Result(tool, outcome);
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

    private JsonElement Result(string tool, Outcome outcome) => outcome switch
    {
        Outcome.Done done => done.Value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : done.Value,
        Outcome.Failed failed => throw Failed(tool, failed.Error ?? new CallError("failed", failed.Detail) { HttpStatus = failed.Status }),
        Outcome.Refused refused => throw Failed(tool, new CallError(refused.Policy == "arguments" ? "invalid_input" : "refused", refused.Reason), refused.Policy),
        _ => throw Failed(tool, new CallError("refused", $"{tool} needs a person's consent of its own, which a composite cannot ask for"), "confirmation"),
    };

    private ToolCallException Failed(string tool, CallError error, string? policy = null) => new(tool, error) { Backend = PlainNames.Of(composite.Backend), RefusedBy = policy };
}
