using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Tools.Utility;

namespace Hypergate.Tools.Code;

/// <summary><c>execute_code</c>: runs a script whose calls take the ordinary way of every call.</summary>
internal sealed class ExecuteCodeTool(CodeRoom room)
{
    public const string Name = "execute_code";

    private const string Code = "code";
    private const string Args = "args";
    private const string PreviewOnly = "preview";
    private const string Resume = "resume";
    private const string Timeout = "timeout_seconds";
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(10);
    private static readonly string[] Formats = ["json", "toon", "csv", "markdown", "auto"];

    /// <param name="changes">Whether there is an operation that changes something.</param>
    public ToolDefinition Define(bool changes) => new()
    {
        Name = Name,
        Title = "Run a script",
        Description = Text(changes),
        InputSchema = ToolSchema.Closed(writer => WriteArguments(writer, changes)),
        OutputSchema = ToolSchema.Write(static writer => writer.WriteString("type", "object")),
        Hints = changes ? new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false) : ToolHints.Reading,
        Run = RunAsync,
    };

    private string Text(bool changes)
    {
        var backends = string.Join("; ", room.Surroundings.Backends.GroupBy(static backend => backend.Kind.Title, StringComparer.Ordinal)
            .Select(static kind => $"{string.Join(", ", kind.Select(static backend => ScriptNames.Of(backend.Name)))}: {kind.Key}"));
        return $$"""
            Runs JavaScript that calls operations of {{backends}}. Call {{ListToolsTool.Name}} first for exact names and arguments.
            const vms = await api.{{ScriptNames.Of(room.Surroundings.Backends[0].Name)}}.OPERATION({ name: value })
            return vms.length
            return gives the result: JSON only, short. Failed calls throw ToolError (code, message). No network, files or timers.
            """ + (changes ? " A change pauses the run until the person agrees; preview plans the changes only." : "");
    }

    private void WriteArguments(Utf8JsonWriter writer, bool changes)
    {
        ToolSchema.Property(writer, Code, "string", "body of an async function");
        ToolSchema.Property(writer, Args, "object", "global args");
        if (room.Surroundings.Backends.Count > 1)
        {
            ToolSchema.Choice(writer, OwnArguments.Backend, room.Surroundings.Backends.Select(static backend => backend.Name), "for bare api.OPERATION");
        }

        ToolSchema.Choice(writer, OwnArguments.Format, Formats);
        if (changes)
        {
            ToolSchema.Property(writer, PreviewOnly, "boolean");
            ToolSchema.Property(writer, Resume, "string", "a paused run");
            ToolSchema.Property(writer, OwnArguments.ConfirmToken, "string");
        }

        writer.WriteStartObject(Timeout);
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", 1);
        writer.WriteNumber("maximum", room.Sandbox.Settings.Limits.Seconds);
        writer.WriteEndObject();
    }

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Define(changes: true)) is { } fault)
        {
            return fault;
        }

        var given = TextOf(request.Arguments, Resume);
        return given is not null || Continued(request) is not null
            ? await ResumeAsync(request, given, cancellationToken)
            : await StartAsync(request, cancellationToken);
    }

    // The client has come back with the person's answer: the same call again, with the seal of the question.
    private CodeRun? Continued(ToolRequest request) =>
        request.Conversation.Brought is { } seal && seal.Split('.') is ["code", var id, _] ? room.Runs.Find(id, request.Caller) : null;

    private async Task<ToolResult> ResumeAsync(ToolRequest request, string? id, CancellationToken cancellationToken)
    {
        var run = id is null ? Continued(request) : room.Runs.Find(id, request.Caller);
        if (run?.Pending is not { } pending)
        {
            return Problem("run_gone", "There is no run of yours that waits under this name: it has ended, or its five minutes are over. Nothing was sent for it.");
        }

        if (id is null && CodeOf(request) is { } code && CodeRuns.HashOf(code, ArgsOf(request)) != CodeRuns.HashOf(run.Request.Code, run.Request.Arguments))
        {
            return Problem("refused", "The answer belongs to another script. Nothing was sent.");
        }

        if (await AnswerAsync(request, pending, cancellationToken) is not { } answer)
        {
            return Problem("refused", "The confirm_token is not the one of what this run waits for. Nothing was sent.");
        }

        pending.Answer(answer);
        await pending.Over.Task.WaitAsync(cancellationToken);
        return await AttendAsync(request, run, cancellationToken);
    }

    private static async Task<Answer?> AnswerAsync(ToolRequest request, PendingConsent pending, CancellationToken cancellationToken)
    {
        if (TextOf(request.Arguments, OwnArguments.ConfirmToken) is { } token && pending.Question is null)
        {
            return token == pending.Token || token == pending.TokenForAll ? new Answer(true, null, "token (self-asserted)") { ForAll = token == pending.TokenForAll } : null;
        }

        if (pending.Question is not { } question || request.Conversation.Ask is not { } ask)
        {
            return null;
        }

        var answer = await ask(question, cancellationToken);
        return answer.Seal == question.Seal ? answer : null;
    }

    private async Task<ToolResult> StartAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        var limits = room.Sandbox.Settings.Limits;
        if (CodeOf(request) is not { Length: > 0 } code)
        {
            return Problem("invalid_input", "'code' is missing.");
        }

        if (code.Length > limits.CodeKilobytes * 1024)
        {
            return Problem("code_too_large", $"The script is longer than {limits.CodeKilobytes} kB; give long data in args.");
        }

        if (ArgsOf(request).Length > limits.ArgumentKilobytes * 1024)
        {
            return Problem("invalid_input", $"'args' is longer than {limits.ArgumentKilobytes} kB.");
        }

        await room.Surroundings.SettledAsync(null, cancellationToken);
        var (plan, problem) = await PlanAsync(request, code, cancellationToken);
        return problem ?? await AttendAsync(request, new CodeRun(room, RequestOf(request, code) with { Plan = plan }), cancellationToken);
    }

    private CodeRequest RequestOf(ToolRequest request, string code)
    {
        var seconds = request.Arguments.TryGetProperty(Timeout, out var given) ? given.GetInt32() : room.Sandbox.Settings.Limits.Seconds;
        var isPreview = request.Arguments.TryGetProperty(PreviewOnly, out var preview) && preview.ValueKind == JsonValueKind.True;
        return new(request.Caller, code, ArgsOf(request), TextOf(request.Arguments, OwnArguments.Backend), isPreview, request.Conversation.Ask is not null, TimeSpan.FromSeconds(seconds));
    }

    private async Task<(CodePlan? Plan, ToolResult? Problem)> PlanAsync(ToolRequest request, string code, CancellationToken cancellationToken)
    {
        if (TextOf(request.Arguments, OwnArguments.ConfirmToken) is not { } token)
        {
            return (null, null);
        }

        var hash = CodeRuns.HashOf(code, ArgsOf(request));
        if (room.Runs.Plan(token, request.Caller, hash, isSpent: request.Conversation.Ask is null) is not { } plan)
        {
            return (null, Problem("refused", "The confirm_token is not the plan_token of this very script and its args, is used already, or is older than five minutes. Nothing was sent."));
        }

        if (request.Conversation.Ask is not { } ask)
        {
            return (plan, null);
        }

        var answer = await ask(new Question($"## Confirmation Required\n\nA script will make these changes, in this order:\n\n{plan.Text}", null, $"plan.{token}"), cancellationToken);
        var isAgreed = answer.Accepted && answer.Seal == $"plan.{token}" && room.Runs.Plan(token, request.Caller, hash, isSpent: true) is not null;
        return isAgreed ? (plan, null) : (null, Problem("consent_declined", "The person did not agree to the plan. Nothing was sent. Do not try it again unasked."));
    }

    // Stays with the run until it ends or waits; when the request is given up meanwhile, so is the run.
    private async Task<ToolResult> AttendAsync(ToolRequest request, CodeRun run, CancellationToken cancellationToken)
    {
        run.Report = request.Conversation.Report;
        while (true)
        {
            await using (cancellationToken.Register(() => run.End("cancelled", "The request was cancelled.")))
            {
                await NewsAsync(run, request.Conversation);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (run.Finished.IsCompleted)
            {
                return await EndAsync(request, run);
            }

            if (run.Pending is not { } pending)
            {
                continue;
            }

            if (pending.Question is not { } question || request.Conversation.Ask is not { } ask)
            {
                return new CodeReport(room, run).Of(pending, isTokenOffered: pending.Question is null);
            }

            // Where the client can only end the request with the question, this throws, and the run waits for the next one.
            var answer = await ask(question, cancellationToken);
            pending.Answer(answer.Seal == question.Seal ? answer : answer with { Accepted = false });
            await pending.Over.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task NewsAsync(CodeRun run, Conversation conversation)
    {
        var end = run.PauseOrEnd;
        while (await Task.WhenAny(end, Task.Delay(NewsInterval, room.Time)) != end)
        {
            conversation.Report(new(null, $"The script goes on: {run.Entries.Count} calls so far."));
        }
    }

    private async Task<ToolResult> EndAsync(ToolRequest request, CodeRun run)
    {
        var end = await run.Finished;
        var format = TextOf(request.Arguments, OwnArguments.Format) is { } name and not ("json" or "auto") ? ResultFormats.FindFlat(name) : null;
        return new CodeReport(room, run).Of(end, format, run.Request.IsPreview && end.Fault is null && run.Planned.Count > 0 ? room.Runs.Keep(PlanOf(run)) : null);
    }

    private CodePlan PlanOf(CodeRun run) => new(
        run.Caller,
        CodeRuns.HashOf(run.Request.Code, run.Request.Arguments),
        run.Planned,
        string.Join('\n', run.Entries.Where(static entry => entry.End == CallEnd.Planned).Select(entry => $"{entry.Number}. {entry.Tool} {room.SafeArguments(entry.Arguments)}")),
        room.Time.GetUtcNow() + CodeRuns.ConsentLifetime);

    private static ToolResult Problem(string code, string message)
    {
        var structured = ToolSchema.Write(writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        });
        return new ToolResult(structured.GetRawText()) { Structured = structured, IsError = true };
    }

    // Models often put a script between fences.
    private static string? CodeOf(ToolRequest request)
    {
        if (TextOf(request.Arguments, Code) is not { } text || text.Trim() is not ['`', '`', '`', .. var inner, '`', '`', '`'])
        {
            return TextOf(request.Arguments, Code);
        }

        var start = inner.IndexOf('\n', StringComparison.Ordinal);
        return start < 0 || inner.AsSpan(0, start).ContainsAny('(', ';') ? text : inner[(start + 1)..];
    }

    private static string ArgsOf(ToolRequest request) => request.Arguments.TryGetProperty(Args, out var args) ? args.GetRawText() : "{}";

    private static string? TextOf(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) ? value.GetString() : null;
}
