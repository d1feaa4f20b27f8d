using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results;
using Hypergate.Results.Rows;
using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet;

/// <summary>Writes answers of fleet tools: text in the chosen format with the data, and the same as structured content.</summary>
internal static class FleetWriter
{
    private const string BackendColumn = "backend";

    public static ToolResult Write(FleetRequest request, FleetAnswer answer) => answer switch
    {
        FleetAnswer.Table table => Write(request, table),
        FleetAnswer.Record record => Write(request, record),
        FleetAnswer.Preview preview => new ToolResult(preview.Text)
        {
            Structured = ToolSchema.Write(static writer => writer.WriteString("state", "confirmation_required")),
        },
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    public static ToolResult Write(FleetException problem) =>
        new(problem.Hint.Length == 0 ? problem.Message : $"{problem.Message} {problem.Hint}")
        {
            IsError = true,
            Structured = ToolSchema.Write(writer =>
            {
                writer.WriteString("code", problem.Code);
                writer.WriteString("message", problem.Message);
                writer.WriteString("hint", problem.Hint);
            }),
        };

    private static ToolResult Write(FleetRequest request, FleetAnswer.Table table)
    {
        if (table.Rows.Count == 0 && request.Failure is { } failure)
        {
            throw FleetProblems.Of(failure);
        }

        var shown = Shown(request, table);
        var query = $"{request.Caller.Name}\n{request.Tool.Name}\n{request.Arguments.Query}";
        var start = request.Arguments.Text("cursor") is { } cursor ? FleetPage.Place(cursor, query, table.Rows) : 0;
        var limit = (int)(request.Arguments.Int("limit") ?? request.Tool.Rows);
        var page = table.Rows.Skip(start).Take(limit).Select(row => Picked(row, shown)).ToList();
        var answer = RowsAnswer.Render(
            new RowsShape
            {
                Columns = [.. shown.Select(column => table.Columns[column])],
                Total = table.Rows.Count,
                Offset = start,
                Cursor = place => FleetPage.Cursor(query, table.Rows, Math.Min(place, table.Rows.Count)),
                Format = Format(request),
                Budget = request.Room.Output.BudgetCharacters,
                Warnings = [.. request.Warnings, .. table.Warnings],
            },
            page);
        return new ToolResult(answer.Data) { Note = answer.Note, NoteFollows = true, Structured = answer.Structured, Images = table.Images };
    }

    private static ToolResult Write(FleetRequest request, FleetAnswer.Record record)
    {
        IReadOnlyList<string> warnings = [.. request.Warnings, .. record.Warnings];
        var answer = Text(request, record, warnings);
        var value = answer.Structured is { } structured && structured.Value.TryGetProperty("value", out var found) ? found : default;
        return new ToolResult(answer.Data)
        {
            Note = answer.Note,
            NoteFollows = true,
            IsError = record.IsError,
            Images = record.Images,
            Structured = ToolSchema.Write(writer =>
            {
                foreach (var property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
                {
                    property.WriteTo(writer);
                }

                if (warnings.Count > 0)
                {
                    writer.WriteStartArray("warnings");
                    foreach (var warning in warnings)
                    {
                        writer.WriteStringValue(Results.Text.CleanText.Line(warning, 400));
                    }

                    writer.WriteEndArray();
                }
            }),
        };
    }

    // The structured content is the same whatever the format of the text.
    private static RenderedAnswer Text(FleetRequest request, FleetAnswer.Record record, IReadOnlyList<string> warnings)
    {
        var (format, answers) = (Format(request), request.Room.Surroundings.Answers);
        if (format == ResultFormats.JsonCompact || (record.Named is null && record.Rows is null))
        {
            return answers.Record(record.Backend, record.Value, format, warnings);
        }

        var structured = answers.Record(record.Backend, record.Value, ResultFormats.JsonCompact, warnings).Structured;
        if (!format.HoldsRowsOnly || record.Rows is not { } rows)
        {
            return answers.Record(record.Backend, record.Named ?? record.Value, format, warnings, structured: false) with { Structured = structured };
        }

        var table = RowsAnswer.Render(
            new RowsShape { Columns = rows.Columns, Total = rows.Cells.Count, Format = format, Budget = request.Room.Output.BudgetCharacters * 2, Warnings = warnings }, rows.Cells);
        return new RenderedAnswer(string.Join('\n', rows.Remarks.Append(table.Note).Where(static line => line.Length > 0)), table.Data) { Structured = structured };
    }

    /// <summary>The format of the call, else of the caller's role, else of the settings.</summary>
    public static IResultFormat Format(FleetRequest request) =>
        ResultFormats.FindFlat(request.Arguments.Text("format") ?? request.Room.Output.Format ?? "") ?? ResultFormats.JsonCompact;

    // The asked columns, else those of the level of detail.
    private static List<int> Shown(FleetRequest request, FleetAnswer.Table table)
    {
        var columns = table.Columns.ToList();
        var asked = request.Arguments.Texts("fields");
        foreach (var field in asked)
        {
            if (!columns.Contains(field))
            {
                throw new FleetException(
                    "invalid_arguments",
                    $"{request.Tool.Name} has no column '{field}'." + (NearestName.Find(field, columns) is { } near ? $" Did you mean '{near}'?" : ""),
                    $"The columns are {string.Join(", ", columns)}.");
            }
        }

        var wanted = asked.Count > 0 ? asked : request.Arguments.IsFull ? table.Columns : table.Minimal;
        var shown = wanted.Distinct(StringComparer.Ordinal).Where(column => column != BackendColumn || asked.Count > 0).Select(column => columns.IndexOf(column)).ToList();
        return request.ShowsBackend && columns.IndexOf(BackendColumn) is >= 0 and var backend && !shown.Contains(backend) ? [backend, .. shown] : shown;
    }

    private static Cell[] Picked(Cell[] row, List<int> columns)
    {
        var picked = new Cell[columns.Count];
        for (var index = 0; index < columns.Count; index++)
        {
            picked[index] = row[columns[index]];
        }

        return picked;
    }
}
