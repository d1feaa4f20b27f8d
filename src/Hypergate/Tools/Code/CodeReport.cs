using System.Globalization;
using System.Text.Json;
using Hypergate.Results;
using Hypergate.Results.Text;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>What a caller is told of a run: the result first, then one line for each call, then what else they must know.</summary>
internal sealed class CodeReport(CodeRoom room, CodeRun run)
{
    private const int FirstCalls = 20;
    private const int LastCalls = 5;
    private const int LongestSource = 200;
    private const int LongestMessage = 2_000;
    private const int Overhead = 4_000;

    /// <summary>The end of a run.</summary>
    public ToolResult Of(CodeEnd end, IResultFormat? format, string? planToken)
    {
        if (end.Fault is { } fault)
        {
            return Failed(fault, end);
        }

        room.Runs.Keep(run, end.Json!);
        return CodeResult.Of(end.Json!, format, Math.Max(Overhead, room.Output.BudgetCharacters - Overhead)) is { } result
            ? Result(writer => WriteDone(writer, end, result, planToken))
            : Failed(new("output_limit", "", "The returned value is nested too deeply.", null, null), end);
    }

    /// <summary>The run waits for consent.</summary>
    public ToolResult Of(PendingConsent pending, bool isTokenOffered) => Result(writer =>
    {
        writer.WriteString("status", "paused");
        if (isTokenOffered)
        {
            writer.WriteString("confirm_token", pending.Token);
            if (pending.TokenForAll is { } all)
            {
                writer.WriteString("confirm_all_token", all);
            }
        }

        writer.WriteString("expires", pending.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteStartObject("asks");
        writer.WriteString("operation", pending.Entry.Tool);
        writer.WriteString("access", TypeScriptText.Word(pending.Call.Operation.Access));
        writer.WriteString("preview", Asked(pending.Text));
        writer.WritePropertyName("args");
        writer.WriteRawValue(room.SafeArguments(pending.Call.Arguments));
        WriteNumber(writer, "line", pending.Entry.Line);
        writer.WriteEndObject();
        writer.WriteString("next", "Show this to the person. Once they agree: execute_code with resume and confirm_token, and nothing else."
            + (pending.TokenForAll is null ? "" : $" Where they agree to all further calls of {pending.Entry.Tool} in this run ({AgreedOperations.Most} at most), confirm_token is confirm_all_token."));
        WriteRest(writer, []);
    });

    // The token of a single call has no place here: this one is for the run.
    private static string Asked(string preview)
    {
        var end = preview.IndexOf("Nothing has been sent yet.", StringComparison.Ordinal);
        return (end < 0 ? preview : preview[..end]).Trim();
    }

    private static ToolResult Result(Action<Utf8JsonWriter> content, bool isError = false)
    {
        var structured = ToolSchema.Write(content);
        return new ToolResult(structured.GetRawText()) { Structured = structured, IsError = isError };
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
            WritePlan(writer, planToken);
        }

        WriteRest(writer, end.Log, end.Unawaited);
    }

    private ToolResult Failed(ScriptFault fault, CodeEnd end) => Result(
        writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", fault.Code);
            writer.WriteString("message", Message(fault));
            WriteData(writer, fault);
            WriteNumber(writer, "line", fault.Line);
            WriteNumber(writer, "column", fault.Column);
            if (Source(fault.Line) is { Length: > 0 } source)
            {
                writer.WriteString("source", source);
            }

            if (Hint(fault) is { } hint)
            {
                writer.WriteString("hint", hint);
            }

            writer.WriteEndObject();
            if (fault.Line is { } line && run.Entries.Count > 0)
            {
                writer.WriteString("not_run", string.Create(CultureInfo.InvariantCulture, $"after line {line}"));
            }

            WriteRest(writer, end.Log, end.Unawaited);
        },
        isError: true);

    private static string Message(ScriptFault fault)
    {
        var isOwn = fault.Code is "script_error" or "syntax_error" && fault.Name is { Length: > 0 } and not ("Error" or "Stalled");
        return CleanText.Line(isOwn ? $"{fault.Name}: {fault.Message}" : fault.Message, LongestMessage);
    }

    private static void WriteData(Utf8JsonWriter writer, ScriptFault fault)
    {
        if (fault.Data.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in (ReadOnlySpan<string>)["tool", "http_status", "provider_code", "retry_after", "attempts", "refused_by", "candidates", "sent"])
        {
            if (fault.Data.TryGetProperty(name, out var value))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }
    }

    private string Source(int? line)
    {
        var lines = run.Request.Code.Split('\n');
        return line is { } number && number <= lines.Length ? CleanText.Line(lines[number - 1], LongestSource) : "";
    }

    private static string? Hint(ScriptFault fault) => fault switch
    {
        { Code: "syntax_error" } => "Nothing ran. Write plain JavaScript: no type annotations, no import.",
        { Name: "ReferenceError", Message: var message } when message.Contains("setTimeout", StringComparison.Ordinal) || message.Contains("setInterval", StringComparison.Ordinal) => "Use await hypergate.pause(milliseconds).",
        { Name: "ReferenceError" } => "There is no network, no file and no module here; api.BACKEND.OPERATION(args) calls operations.",
        { Code: "unknown_operation" } => $"Call {ListToolsTool.Name} for exact names.",
        _ => null,
    };

    private void WritePlan(Utf8JsonWriter writer, string? planToken)
    {
        writer.WriteStartArray("planned");
        foreach (var entry in run.Entries.Where(static entry => entry.End == CallEnd.Planned))
        {
            WriteCall(writer, entry, static (_, _) => { });
        }

        writer.WriteEndArray();
        if (planToken is not null)
        {
            writer.WriteString("plan_token", planToken);
            writer.WriteString("next", "Nothing was changed. Show the plan to the person; once they agree, run the same code without preview and with this as confirm_token.");
        }
    }

    private void WriteRest(Utf8JsonWriter writer, IReadOnlyList<string> log, int unawaited = 0)
    {
        var entries = run.Entries;
        WriteCalls(writer, "completed_writes", entries.Where(static entry => entry is { Changes: true, End: CallEnd.Done }));
        WriteCalls(writer, "uncertain_writes", entries.Where(static entry => entry.End == CallEnd.Uncertain));
        WriteLines(writer, "calls", Calls(entries));
        WriteLines(writer, "logs", [.. log.Select(static line => CleanText.Line(line))]);
        WriteLines(writer, "notices", [.. Notices(unawaited, entries)]);
        writer.WriteString("run", run.Id);
        writer.WriteNumber("elapsed_ms", (long)room.Time.GetElapsedTime(run.Started).TotalMilliseconds);
    }

    private IEnumerable<string> Notices(int unawaited, IReadOnlyList<CallEntry> entries)
    {
        if (unawaited > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{unawaited} calls were not awaited; their ends are listed in calls");
        }

        if (entries.Any(static entry => entry.End == CallEnd.Uncertain))
        {
            yield return "WHETHER THE UNCERTAIN WRITES HAPPENED IS NOT KNOWN: look before you try again";
        }

        if (run.Request.IsPreview && entries.Any(static entry => entry.End == CallEnd.Planned))
        {
            yield return "planned calls answered {preview: true}; what the script computed from them may differ in a real run";
        }
    }

    private void WriteCalls(Utf8JsonWriter writer, string name, IEnumerable<CallEntry> entries)
    {
        var all = entries.ToList();
        if (all.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        all.ForEach(entry => WriteCall(writer, entry, static (json, one) =>
        {
            if (one.Result.Length > 0)
            {
                json.WriteString("result", CleanText.Line(one.Result));
            }

            if (one.Undo is { } undo)
            {
                json.WriteString("undo", undo);
            }
        }));
        writer.WriteEndArray();
    }

    private void WriteCall(Utf8JsonWriter writer, CallEntry entry, Action<Utf8JsonWriter, CallEntry> more)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", entry.Number);
        writer.WriteString("tool", entry.Tool);
        if (entry.Arguments.ValueKind == JsonValueKind.Object)
        {
            writer.WritePropertyName("args");
            writer.WriteRawValue(room.SafeArguments(entry.Arguments));
        }

        WriteNumber(writer, "line", entry.Line);
        more(writer, entry);
        writer.WriteEndObject();
    }

    private static List<string> Calls(IReadOnlyList<CallEntry> entries) => entries.Count <= FirstCalls + LastCalls
        ? [.. entries.Select(static entry => CleanText.Line(entry.Text))]
        : [.. entries.Take(FirstCalls).Select(static entry => CleanText.Line(entry.Text)), string.Create(CultureInfo.InvariantCulture, $"… {entries.Count - FirstCalls - LastCalls} more"), .. entries.TakeLast(LastCalls).Select(static entry => CleanText.Line(entry.Text))];

    private static void WriteLines(Utf8JsonWriter writer, string name, List<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        lines.ForEach(writer.WriteStringValue);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
