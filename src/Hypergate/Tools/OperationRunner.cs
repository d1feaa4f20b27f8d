using Hypergate.Model;

namespace Hypergate.Tools;

/// <summary>Runs one operation for a tool of any surface: checks the gateway's own arguments, sends the call through the pipeline, words the outcome.</summary>
internal sealed class OperationRunner(ToolSurroundings surroundings)
{
    public Task<ToolResult> RunAsync(OperationUse use, ToolRequest request, CancellationToken cancellationToken) =>
        use.Arguments.Fault() is { } fault
            ? Task.FromResult(Error(use, fault))
            : SendAsync(use, request, cancellationToken);

    private async Task<ToolResult> SendAsync(OperationUse use, ToolRequest request, CancellationToken cancellationToken)
    {
        var (operation, arguments) = (use.Operation, use.Arguments);
        var wish = arguments.Wish;
        if (AnswerWriter.FieldsToRead(operation, wish) is { } fields)
        {
            arguments.Set(OwnArguments.Fields, fields);
        }

        if (wish.Limit is { } limit && (wish.Passthrough || operation.PagesItself) && operation.Parameters.Any(static parameter => parameter.Name == OwnArguments.Limit))
        {
            arguments.Set(OwnArguments.Limit, limit);
        }

        var call = CallOf(use, request, wish);
        if (AnswerWriter.Problem(call, wish) is { } problem)
        {
            return Error(use, $"{problem}. Nothing was sent.");
        }

        return await surroundings.Pipeline.RunAsync(call, cancellationToken) switch
        {
            Outcome.Done done when operation.Changes => ActionAnswer.Of(use.Backend, operation, done, surroundings),
            Outcome.Done done => surroundings.Answers.Write(call, wish, done),
            Outcome.Unconfirmed unconfirmed => ActionAnswer.Of(unconfirmed),
            Outcome.Refused refused => Error(use, refused.Reason),
            Outcome.Failed failed => Error(use, surroundings.Scrub(failed.Detail)),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

    private static Call CallOf(OperationUse use, ToolRequest request, AnswerWish wish) => new()
    {
        Backend = use.Backend,
        Operation = use.Operation,
        Caller = request.Caller,
        Arguments = use.Arguments.ForPlatform,
        Tool = use.Tool,
        ConfirmToken = use.Arguments.Text(OwnArguments.ConfirmToken),
        Wait = use.Arguments.Flag(OwnArguments.Wait) ?? use.Arguments.Number(OwnArguments.WaitSeconds) is not 0,
        WaitLimit = use.Arguments.Number(OwnArguments.WaitSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Passthrough = wish.Passthrough,
        Conversation = request.Conversation,
    };

    private static ToolResult Error(OperationUse use, string problem) => ToolResult.Error($"{use.Failure}: {problem}");
}

/// <summary>One use of an operation by a tool.</summary>
/// <param name="Tool">The tool's name, for the audit.</param>
/// <param name="Backend">The configured name.</param>
/// <param name="Operation">One that callers may see.</param>
/// <param name="Arguments">Told apart already.</param>
/// <param name="Failure">How an error begins: <c>Failed to query vms</c>.</param>
internal sealed record OperationUse(string Tool, string Backend, Operation Operation, CallArguments Arguments, string Failure);
