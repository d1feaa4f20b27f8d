using Hypergate.Results;
using Hypergate.Results.Rows;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query;

/// <summary><c>execute_query</c>: one question over the tables of all platforms, as JSON or as the text of a SELECT.</summary>
internal sealed class ExecuteQueryTool(QueryEngine engine, OutputSettings output)
{
    public ToolDefinition Tool => new()
    {
        Name = "execute_query",
        Title = "Query the infrastructure",
        Description = """
            Filter, join, group and sort guests, nodes, storages, snapshots, backups, disks, nics, tasks and more over all backends; get_query_schema lists tables and columns.
            query is SQL-like text: SELECT node, COUNT(*) AS vms FROM guests WHERE status = 'running' AND uptime > '30d' GROUP BY node ORDER BY vms DESC LIMIT 10. One SELECT; JOIN and LEFT JOIN on equal columns; IN, LIKE, BETWEEN, IS NULL, CONTAINS (also for lists); COUNT, SUM, AVG, MIN, MAX; HAVING; DISTINCT; times as now-30d, sizes as '10GiB'.
            Or JSON: {from, backends, select, join, where: {logic, conditions: [{field, operator, value}]}, groupBy, having, orderBy: [{field, direction}], distinct, limit, offset}.
            """,
        InputSchema = ToolSchema.Open(
            static writer =>
            {
                writer.WriteStartObject(QueryArguments.Query);
                writer.WriteStartArray("type");
                writer.WriteStringValue("string");
                writer.WriteStringValue("object");
                writer.WriteEndArray();
                writer.WriteEndObject();
                ToolSchema.Choice(writer, QueryArguments.FormatName, ResultFormats.Flat.Select(static format => format.Name));
                ToolSchema.Property(writer, QueryArguments.CursorName, "string", "Of the answer before, to go on with the same query");
            },
            QueryArguments.Query),
        OutputSchema = RowsSchema.Value,
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = QueryArguments.Read(request.Arguments);
            var key = $"{request.Caller.Name}\n{arguments.Key}";
            var tree = arguments.Cursor is { } cursor ? arguments.Tree with { Offset = OffsetOf(key, cursor) } : arguments.Tree;
            var result = await engine.RunAsync(tree, request.Caller, request.Conversation, cancellationToken);
            return Answer(result, arguments.Format, key);
        }
        catch (QueryException exception)
        {
            return ToolResult.Error(exception.ToJson().GetRawText());
        }
    }

    private static int OffsetOf(string key, string cursor) => QueryCursor.Decode(key, cursor) ?? throw new QueryException(
        QueryCode.BadPaging,
        "The cursor is of another query, or of none.",
        new Place("/cursor"),
        "Pass it with the very query whose answer gave it, or leave it out.");

    private ToolResult Answer(QueryResult result, IResultFormat? format, string key)
    {
        var answer = RowsAnswer.Render(
            new RowsShape
            {
                Columns = [.. result.Columns.Select(static column => column.Name)],
                Total = result.Total,
                Offset = result.Offset,
                Cursor = offset => QueryCursor.Encode(key, offset),
                Format = format ?? ResultFormats.FindFlat(output.Format ?? "") ?? ResultFormats.JsonCompact,
                Budget = output.BudgetCharacters,
                Warnings = result.Warnings,
            },
            result.Rows);
        return new ToolResult(answer.Data) { Note = answer.Note, NoteFollows = true, Structured = answer.Structured };
    }
}
