using System.Globalization;
using System.Text.Json;
using Hypergate.Results;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>What a caller is told of a run: the result first, then what belongs to every answer about it.</summary>
internal sealed class CodeReport(CodeRoom room, CodeRun run)
{
    private const int Overhead = 4_000;

    private readonly RunParts _parts = new(room, run);

    /// <summary>The end of a run.</summary>
    public ToolResult Of(CodeEnd end, IResultFormat? format, string? planToken)
    {
        if (end.Fault is { } fault)
        {
            return Failed(fault, end);
        }

        room.Runs.Keep(run, end.Json!);
        return CodeResult.Of(end.Json!, format, Math.Max(Overhead, room.Output.BudgetCharacters - Overhead)) is { } result
            ? Answer(writer => WriteDone(writer, end, result, planToken))
            : Failed(new("output_limit", "", "The returned value is nested too deeply.", null, null), end);
    }

    /// <summary>The run waits for consent.</summary>
    public ToolResult Of(PendingConsent pending, bool isTokenOffered) => Answer(writer =>
    {
        writer.WriteString("status", "paused");
        if (isTokenOffered)
        {
            WriteTokens(writer, pending);
        }

        writer.WriteString("expires", pending.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        WriteAsked(writer, pending);
        writer.WriteString("next", "Show this to the person. Once they agree: execute_code with resume and confirm_token, and nothing else."
            + (pending.TokenForAll is null ? "" : $" Where they agree to all further calls of {pending.Entry.Tool} in this run ({AgreedOperations.Most} at most), confirm_token is confirm_all_token."));
        _parts.Write(writer, []);
    });

    /// <summary>Somebody comes back to a run that has ended while it waited.</summary>
    public ToolResult Gone(CodeEnd end) =>
        Failed(new("run_gone", "", $"The run has ended while it waited ({end.Fault?.Code}): {end.Fault?.Message} Nothing was sent for what it asked.", null, null), end);

    private static ToolResult Answer(Action<Utf8JsonWriter> content, bool isError = false) => CodeTool.Answer(ToolSchema.Write(content), isError);

    private static void WriteTokens(Utf8JsonWriter writer, PendingConsent pending)
    {
        writer.WriteString("confirm_token", pending.Token);
        if (pending.TokenForAll is { } all)
        {
            writer.WriteString("confirm_all_token", all);
        }
    }

    private void WriteAsked(Utf8JsonWriter writer, PendingConsent pending)
    {
        writer.WriteStartObject("asks");
        writer.WriteString("operation", pending.Entry.Tool);
        writer.WriteString("access", TypeScriptText.Word(room.AccessOf(pending.Call)));
        writer.WriteString("preview", Asked(pending.Text));
        writer.WritePropertyName("args");
        writer.WriteRawValue(room.SafeArguments(pending.Call.Arguments));
        if (pending.Entry.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        writer.WriteEndObject();
    }

    // The token of a single call has no place here: this one is for the run.
    private static string Asked(string preview)
    {
        var end = preview.IndexOf("Nothing has been sent yet.", StringComparison.Ordinal);
        return (end < 0 ? preview : preview[..end]).Trim();
    }

    private void WriteDone(Utf8JsonWriter writer, CodeEnd end, CodeResult result, string? planToken)
    {
        writer.WritePropertyName("result");
        result.Value.WriteTo(writer);
        if (result.Truncated is { } cut)
        {
            writer.WriteStartObject("truncated");
            writer.WriteString("path", cut.Path);
            writer.WriteNumber("shown", cut.Shown);
            writer.WriteNumber("total", cut.Total);
            writer.WriteString("whole", $"{ReadResultTool.Name}, or hypergate.previous(\"{run.Id}\") in a later script");
            writer.WriteEndObject();
        }

        if (run.Request.IsPreview)
        {
            _parts.WritePlan(writer, planToken);
        }

        _parts.Write(writer, end.Log, end.Unawaited, hasNoResult: end.Json == "null");
    }

    private ToolResult Failed(ScriptFault fault, CodeEnd end) => Answer(
        writer =>
        {
            new RunFailure(run, fault, end.Unawaited).Write(writer);
            _parts.Write(writer, end.Log, end.Unawaited);
        },
        isError: true);
}
