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

        if (CodeResult.Of(end.Json!, format, Math.Max(Overhead, room.Output.BudgetCharacters - Overhead)) is not { } result)
        {
            return Failed(new("output_limit", "", $"The returned value is nested in more than {CodeResult.DeepestNesting} levels.", null, null), end);
        }

        room.Runs.Keep(run, end.Json!);
        return Answer(writer => WriteDone(writer, end, result, planToken));
    }

    /// <summary>The run waits for consent.</summary>
    public ToolResult Of(PendingConsent pending, bool isTokenOffered) => Answer(writer =>
    {
        new RunQuestion(room, pending).Write(writer, isTokenOffered);
        _parts.Write(writer, []);
    });

    /// <summary>Somebody comes back to a run that has ended while it waited.</summary>
    public ToolResult Gone(CodeEnd end) =>
        Failed(new("run_gone", "", $"The run has ended while it waited ({end.Fault?.Code}): {end.Fault?.Message} Nothing was sent for what it asked.", null, null), end);

    private static ToolResult Answer(Action<Utf8JsonWriter> content, bool isError = false) => CodeTool.Answer(ToolSchema.Write(content), isError);

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
            new RunFailure(run, fault, end.Unawaited, room.Limits).Write(writer);
            _parts.Write(writer, end.Log, end.Unawaited);
        },
        isError: true);
}
