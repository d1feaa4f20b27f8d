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
        OutputSchema = CodeTool.AnyObject,
        Hints = ToolHints.Reading,
        Run = (request, _) => Task.FromResult(Read(request)),
    };

    private static void WriteArguments(Utf8JsonWriter writer)
    {
        ToolSchema.Property(writer, Run, "string");
        ToolSchema.Property(writer, Path, "string", "such as $.vms[3].name");
        CodeTool.WriteInteger(writer, Offset, 0);
        CodeTool.WriteInteger(writer, Limit, 1);
    }

    private ToolResult Read(ToolRequest request)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var (run, path) = (CodeTool.Text(request.Arguments, Run)!, CodeTool.Text(request.Arguments, Path) ?? "$");
        if (room.Runs.Result(run, request.Caller.Name) is not { } json)
        {
            return ToolResult.Error($"{Name}: there is no result of a run '{run}' of yours in the last ten minutes.");
        }

        return ResultPath.Find(JsonElement.Parse(json, new() { MaxDepth = CodeResult.DeepestNesting }), path) is { } value
            ? Answer(ResultPage.Of(value, CodeTool.Number(request.Arguments, Offset) ?? 0, CodeTool.Number(request.Arguments, Limit), room.Output.BudgetCharacters - Overhead), run, path)
            : ToolResult.Error($"{Name}: there is nothing at '{path}' in that result.");
    }

    private static ToolResult Answer(ResultPage page, string run, string path) => CodeTool.Answer(ToolSchema.Write(writer =>
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
    }));
}
