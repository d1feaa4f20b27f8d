using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Code;

/// <summary>
/// What is told of a run that this process does not hold: it ended, or whatever held it did. What it changed is in the audit, without which
/// nothing is changed; the same caller alone learns of it.
/// </summary>
internal sealed class GoneRun(CodeRoom room)
{
    private const string Code = "run_gone";
    private const string Message =
        "There is no run of yours that waits under this name here: it has ended, its five minutes are over, or the gateway that held it was started anew. Nothing is sent for what it asked.";

    public async Task<ToolResult> TellAsync(string run, Caller caller, CancellationToken cancellationToken)
    {
        if (!CodeRun.IsId(run))
        {
            return CodeTool.Problem(Code, Message);
        }

        try
        {
            var writes = await RecordedWrite.ReadAsync(room.Recorded(run, cancellationToken), caller.Name);
            return writes.Count == 0 ? CodeTool.Problem(Code, Message) : Answer(run, writes);
        }
        catch (IOException exception)
        {
            return CodeTool.Problem(Code, $"{Message} What it had changed cannot be read at present: {CleanText.Line(exception.Message)}");
        }
    }

    private ToolResult Answer(string run, IReadOnlyList<RecordedWrite> writes) => CodeTool.Answer(
        ToolSchema.Write(writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", Code);
            writer.WriteString("message", $"{Message} What it had changed by then is listed, as the audit has it.");
            writer.WriteEndObject();
            Write(writer, "completed_writes", [.. writes.Where(static write => write.IsDone)]);
            Write(writer, "uncertain_writes", [.. writes.Where(static write => write.IsUncertain)]);
            if (writes.Any(static write => write.IsUncertain))
            {
                writer.WriteStartArray("notices");
                writer.WriteStringValue(RunParts.Uncertain);
                writer.WriteEndArray();
            }

            writer.WriteString("run", run);
        }),
        isError: true);

    private void Write(Utf8JsonWriter writer, string name, List<RecordedWrite> writes)
    {
        if (writes.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        writes.ForEach(write => Write(writer, write));
        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, RecordedWrite write)
    {
        var operation = room.Surroundings.Catalog.Current.Find(write.Backend, write.Operation);
        writer.WriteStartObject();
        writer.WriteString("tool", $"{ScriptNames.Of(write.Backend)}.{(operation is null ? ScriptNames.Of(write.Operation) : ScriptNames.Of(operation))}");
        if (write.Arguments.ValueKind == JsonValueKind.Object)
        {
            writer.WritePropertyName("args");
            writer.WriteRawValue(room.SafeArguments(write.Arguments));
        }

        if (write.Outcome is "running" or "unknown")
        {
            writer.WriteString("result", write.Outcome == "running" ? "its task was still running" : "how its task ended is not known");
        }

        if (write.IsDone && operation is not null && UndoOperation.NameOf(room.Surroundings, write.Backend, operation, write.Arguments) is { } undo)
        {
            writer.WriteString("undo", undo);
        }

        writer.WriteEndObject();
    }
}
