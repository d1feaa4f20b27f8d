using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>
/// Asks a person ahead of one exact call and gives a token for it: for callers that are used to ask first. It goes the one road of
/// consent; the question is the gateway's own, whatever the caller says about the call.
/// </summary>
internal sealed class ConfirmChangeTool(string name, ToolSurroundings surroundings)
{
    private const string CallTool = "tool";
    private const string CallArguments = "arguments";

    public ToolDefinition Tool => new()
    {
        Name = name,
        Title = "Ask for consent",
        Description = "Asks the person to agree to one exact call of another tool, ahead of it, and gives a confirm_token for that call. Nothing is changed by this. Not needed where the tool asks by itself.",
        InputSchema = ToolSchema.Open(
            static writer =>
            {
                ToolSchema.Property(writer, CallTool, "string", "The tool that shall be called");
                ToolSchema.Property(writer, CallArguments, "object", "Exactly its arguments");
            },
            CallTool, CallArguments),
        OutputSchema = OperationSchema.Output,
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Run = RunAsync,
    };

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (!request.Arguments.TryGetProperty(CallTool, out var tool) || tool.ValueKind != JsonValueKind.String
            || !request.Arguments.TryGetProperty(CallArguments, out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            return Error($"say which call: '{CallTool}' is the tool's name and '{CallArguments}' an object with exactly its arguments. Consent is for one call, not for a description of it.");
        }

        var finding = new OperationLookup(surroundings).Find(tool.GetString()!, null);
        if (finding is not OperationFinding.Found found)
        {
            var missing = (OperationFinding.Missing)finding;
            await surroundings.MissAsync(missing, new MissedCall(request.Caller, name, null, tool.GetString()!, arguments));
            return Error(missing.Problem);
        }

        var sorted = Tools.CallArguments.Sort(arguments, found.Operation, OperationToolRunner.Claim);
        if (sorted.Fault() is { } fault)
        {
            return Error(fault);
        }

        var call = new Call
        {
            Backend = found.Backend,
            Operation = found.Operation,
            Caller = request.Caller,
            Arguments = sorted.ForPlatform,
            Tool = name,
            AsksAhead = true,
            Conversation = request.Conversation,
        };
        return await surroundings.Pipeline.RunAsync(call, cancellationToken) switch
        {
            Outcome.Unconfirmed { Consent: not null, Token: { } token } agreed => new ToolResult(agreed.Preview) { Structured = Answer("confirmed", token) },
            Outcome.Unconfirmed { Token: { } token } asked => new ToolResult(asked.Preview) { Structured = Answer("confirmation_required", token) },
            Outcome.Unconfirmed free => new ToolResult(free.Preview) { Structured = Answer("not_needed", null) },
            Outcome.Refused refused => Error(refused.Reason),
            Outcome.Failed failed => Error(surroundings.Scrub(failed.Detail)),
            var outcome => throw new InvalidOperationException($"Asking ahead ended with {outcome}."),
        };
    }

    private ToolResult Error(string problem) => ToolResult.Error($"{name}: {problem}");

    private static JsonElement Answer(string status, string? token) => ToolSchema.Write(writer =>
    {
        writer.WriteString("status", status);
        if (token is not null)
        {
            writer.WriteString("confirm_token", token);
        }
    });
}
