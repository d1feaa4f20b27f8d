using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Text;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Why a run failed, in the words of its caller's own text.</summary>
internal sealed class RunFailure(CodeRun run, ScriptFault fault)
{
    private const int LongestSource = 200;
    private const int LongestMessage = 2_000;
    private const int BusySeconds = 10;
    private static readonly string[] PartsOfToolError = ["tool", "http_status", "provider_code", "retry_after", "attempts", "refused_by", "candidates", "sent"];

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", fault.Code);
        writer.WriteString("message", Message());
        WriteParts(writer);
        WriteNumber(writer, "line", fault.Line);
        WriteNumber(writer, "column", fault.Column);
        if (Source() is { Length: > 0 } source)
        {
            writer.WriteString("source", source);
        }

        if (Hint() is { } hint)
        {
            writer.WriteString("hint", hint);
        }

        WriteFrames(writer);
        writer.WriteEndObject();
        if (fault.Line is { } line && run.Entries.Count > 0)
        {
            writer.WriteString("not_run", string.Create(CultureInfo.InvariantCulture, $"after line {line}"));
        }
    }

    private string Message()
    {
        var isOwn = fault.Code is "script_error" or "syntax_error" && fault.Name is { Length: > 0 } and not ("Error" or "Stalled");
        return CleanText.Line(isOwn ? $"{fault.Name}: {fault.Message}" : fault.Message, LongestMessage);
    }

    private void WriteParts(Utf8JsonWriter writer)
    {
        if (fault.Code == "busy")
        {
            writer.WriteNumber("retry_after", BusySeconds);
        }

        if (fault.Data.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in PartsOfToolError)
        {
            if (fault.Data.TryGetProperty(name, out var value))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }
    }

    // One frame is the line that is told anyway.
    private void WriteFrames(Utf8JsonWriter writer)
    {
        if (fault.Code != "script_error" || fault.Stack.Count < 2)
        {
            return;
        }

        writer.WriteStartArray("stack");
        foreach (var frame in fault.Stack)
        {
            writer.WriteStringValue(CleanText.Line(frame, LongestSource));
        }

        writer.WriteEndArray();
    }

    private string Source()
    {
        var lines = run.Request.Code.Split('\n');
        return fault.Line is { } number && number <= lines.Length ? CleanText.Line(lines[number - 1], LongestSource) : "";
    }

    private string? Hint() => fault switch
    {
        { Code: "syntax_error" } => "Nothing ran. Write plain JavaScript: no type annotations, no import.",
        { Name: "ReferenceError", Message: var message } when message.Contains("setTimeout", StringComparison.Ordinal) || message.Contains("setInterval", StringComparison.Ordinal) => "Use await hypergate.pause(milliseconds).",
        { Name: "ReferenceError" } => "There is no network, no file and no module here; api.BACKEND.OPERATION(args) calls operations.",
        { Code: "unknown_operation" } => $"Call {ListToolsTool.Name} for exact names.",
        _ => null,
    };

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
