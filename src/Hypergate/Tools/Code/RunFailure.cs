using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Text;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Why a run failed, in the words of its caller's own text.</summary>
/// <param name="run">The run.</param>
/// <param name="fault">What went wrong.</param>
/// <param name="unawaited">How many calls nobody waited for.</param>
/// <param name="limits">What the script was held to.</param>
internal sealed class RunFailure(CodeRun run, ScriptFault fault, int unawaited, ScriptLimits limits)
{
    private const int LongestSource = 200;
    private const int LongestMessage = 2_000;
    private const int BusySeconds = 10;
    private static readonly string[] PartsOfToolError = ["tool", "http_status", "provider_code", "retry_after", "attempts", "refused_by", "candidates", "sent"];

    private readonly RunPlace _place = RunPlace.Of(run.Request.Code, fault);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", fault.Code);
        writer.WriteString("message", Message());
        WriteParts(writer);
        WriteNumber(writer, "line", _place.Line);
        WriteNumber(writer, "column", _place.Column);
        if (_place.Source.Length > 0)
        {
            writer.WriteString("source", CleanText.Line(_place.Source, LongestSource));
        }

        if (fault.Code == "syntax_error" && Caret() is { } caret)
        {
            writer.WriteString("caret", caret);
        }

        if (RunHints.Of(fault, unawaited, run.Request.Code) is { } hint)
        {
            writer.WriteString("hint", hint);
        }

        WriteFrames(writer);
        writer.WriteEndObject();
        if (_place.Line is { } line && run.Entries.Count > 0)
        {
            writer.WriteString("not_run", string.Create(CultureInfo.InvariantCulture, $"after line {line}"));
        }
    }

    // The line is told cleaned, cut, and without what it begins with: null where that leaves nothing to point at.
    private string? Caret()
    {
        var indent = _place.Source.Length - _place.Source.TrimStart().Length;
        if (_place.Column - 1 - indent is not (>= 0 and < LongestSource and var offset))
        {
            return null;
        }

        var before = _place.Source.TrimEnd().PadRight(indent + offset)[indent..(indent + offset)];
        return CleanText.Line($"{before}^", LongestSource) == $"{before}^" ? $"{new string(' ', offset)}^" : null;
    }

    private string Message()
    {
        var isOwn = fault.Code is "script_error" or "syntax_error" && fault.Name is { Length: > 0 } and not ("Error" or "Stalled");
        return CleanText.Line((isOwn ? $"{fault.Name}: {fault.Message}" : fault.Message) + Beside(), LongestMessage);
    }

    private string Beside() => fault.Code == "syntax_error" ? "; write plain JavaScript" : limits.Beside(fault);

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
        var frames = RunPlace.FramesOf(run.Request.Code, fault);
        if (fault.Code != "script_error" || frames.Count < 2)
        {
            return;
        }

        writer.WriteStartArray("stack");
        foreach (var frame in frames)
        {
            writer.WriteStringValue(CleanText.Line(frame, LongestSource));
        }

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
