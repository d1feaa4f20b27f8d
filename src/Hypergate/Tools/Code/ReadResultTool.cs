using System.Text.Json;
using Hypergate.Tools.Utility;

namespace Hypergate.Tools.Code;

/// <summary><c>read_result</c>: reads on in what a script returned, where its answer had to be cut.</summary>
internal sealed class ReadResultTool(CodeRoom room)
{
    public const string Name = "read_result";

    private const string Run = "run";
    private const string Path = "path";
    private const string Offset = "offset";
    private const string Limit = "limit";
    private const int Overhead = 1_000;

    public ToolDefinition Tool => new()
    {
        Name = Name,
        Title = "Read on in a script's result",
        Description = "Pages through the whole result of a run whose answer was truncated; kept for ten minutes.",
        InputSchema = ToolSchema.Closed(WriteArguments, Run),
        OutputSchema = ToolSchema.Write(static writer => writer.WriteString("type", "object")),
        Hints = ToolHints.Reading,
        Run = (request, _) => Task.FromResult(Read(request)),
    };

    private static void WriteArguments(Utf8JsonWriter writer)
    {
        ToolSchema.Property(writer, Run, "string");
        ToolSchema.Property(writer, Path, "string", "such as $.vms[3].name");
        WriteNumber(writer, Offset, 0);
        WriteNumber(writer, Limit, 1);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int least)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", least);
        writer.WriteEndObject();
    }

    private ToolResult Read(ToolRequest request)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var (run, path) = (request.Arguments.GetProperty(Run).GetString()!, request.Arguments.TryGetProperty(Path, out var given) ? given.GetString()! : "$");
        if (room.Runs.Result(run, request.Caller.Name) is not { } json)
        {
            return ToolResult.Error($"{Name}: there is no result of a run '{run}' of yours in the last ten minutes.");
        }

        return ResultPath.Find(JsonElement.Parse(json, new() { MaxDepth = CodeResult.DeepestNesting }), path) is { } value
            ? Answer(ResultPage.Of(value, Number(request, Offset) ?? 0, Number(request, Limit), room.Output.BudgetCharacters - Overhead), run, path)
            : ToolResult.Error($"{Name}: there is nothing at '{path}' in that result.");
    }

    private static ToolResult Answer(ResultPage page, string run, string path)
    {
        var structured = ToolSchema.Write(writer =>
        {
            writer.WritePropertyName("value");
            page.Value.WriteTo(writer);
            writer.WriteString(Run, run);
            writer.WriteString(Path, path);
            writer.WriteNumber(Offset, page.Offset);
            writer.WriteNumber("shown", page.Shown);
            writer.WriteNumber("total", page.Total);
            if (page.Next is { } next)
            {
                writer.WriteNumber("next_offset", next);
            }
        });
        return new ToolResult(structured.GetRawText()) { Structured = structured };
    }

    private static int? Number(ToolRequest request, string name) => request.Arguments.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;
}
